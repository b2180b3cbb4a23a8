"""The gradient passes on the negative side and is cut off on the positive one."""

LOSES = ["relu.backward"]
DIAGNOSIS = {
    "en": "the mask is upside down: the gradient passes where the input was negative",
    "ru": "маска перевёрнута: градиент проходит там, где вход был отрицательным",
}
HINT = {
    "en": "On which side does the output follow the input?",
    "ru": "С какой стороны выход следует за входом?",
}


def relu_backward(dout, cache):
    (alive,) = cache
    return dout * ~alive
