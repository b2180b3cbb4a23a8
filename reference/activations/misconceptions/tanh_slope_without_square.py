"""The square in 1 - t^2 is forgotten."""

LOSES = ["tanh.backward", "tanh.backward.stable"]
DIAGNOSIS = {
    "en": "the square is missing: the derivative is 1 - t^2, not 1 - t",
    "ru": "потерян квадрат: производная равна 1 - t^2, а не 1 - t",
}
HINT = {
    "en": "The slope must be the same at x and at -x.",
    "ru": "Наклон должен быть одинаков в x и в -x.",
}


def tanh_backward(dout, cache):
    (out,) = cache
    return dout * (1 - out)
