"""The gradient passes as if the mean did not depend on the input."""

LOSES = ["center.backward"]
DIAGNOSIS = {
    "en": "Your gradient takes the mean for a constant.",
    "ru": "В градиенте среднее принято за константу.",
}
HINT = {
    "en": "The mean depends on every entry of its column: differentiate it too.",
    "ru": "Среднее зависит от каждого элемента столбца: продифференцируйте и его.",
}


def center_backward(dout, cache):
    return dout.copy()
