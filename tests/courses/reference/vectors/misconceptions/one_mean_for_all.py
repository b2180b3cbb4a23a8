"""One mean of the whole array; its gradient is right for it, so only the forward is lost."""

LOSES = ["center.forward"]
DIAGNOSIS = {
    "en": "You subtract one mean of the whole array.",
    "ru": "Вычтено одно среднее по всему массиву.",
}
HINT = {
    "en": "Every column has a mean of its own.",
    "ru": "У каждого столбца своё среднее.",
}


def center_forward(x):
    return x - x.mean(), None


def center_backward(dout, cache):
    return dout - dout.mean()
