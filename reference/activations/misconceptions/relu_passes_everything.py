"""The gradient passes through dead units too."""

LOSES = ["relu.backward"]
DIAGNOSIS = {
    "en": "the gradient also passes where the input was negative",
    "ru": "градиент проходит и там, где вход был отрицательным",
}
HINT = {
    "en": "How does the output react to a small change of a negative input?",
    "ru": "Как выход отзывается на малое изменение отрицательного входа?",
}


def relu_backward(dout, cache):
    return dout.clone()
