"""The backward pass is that of the plain ReLU."""

LOSES = ["leaky_relu.backward"]
DIAGNOSIS = {
    "en": "on the negative side the gradient is 0: the slope is missing in the backward pass",
    "ru": "на отрицательной стороне градиент равен 0: в обратном проходе потерян наклон",
}
HINT = {
    "en": "Differentiate both branches.",
    "ru": "Продифференцируйте обе ветви.",
}


def leaky_relu_backward(dout, cache):
    positive, _ = cache
    return dout * positive
