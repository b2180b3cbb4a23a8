"""The backward pass is that of the plain ReLU."""

LOSES = ["prelu.backward"]
DIAGNOSIS = {
    "en": "on the negative side dx is 0: alpha is missing in the backward pass",
    "ru": "на отрицательной стороне dx равен 0: в обратном проходе потеряна alpha",
}
HINT = {
    "en": "Differentiate both branches by x.",
    "ru": "Продифференцируйте по x обе ветви.",
}


def prelu_backward(dout, cache):
    x, alpha = cache
    by_entry = dout * x.clamp(max=0)
    return dout * (x > 0), by_entry.sum() if alpha.ndim == 0 else by_entry.sum(dim=0)
