"""gamma is forgotten in dx."""

LOSES = ["batchnorm.backward"]
DIAGNOSIS = {
    "en": "gamma is missing in dx",
    "ru": "в dx нет gamma",
}
HINT = {
    "en": "Which factor stands before the normalised x in the forward pass?",
    "ru": "Какой множитель стоит у нормированного x в прямом проходе?",
}


def batchnorm_backward(dout, cache):
    normal, std, _ = cache
    dx = (dout - dout.mean(dim=0) - normal * (dout * normal).mean(dim=0)) / std
    return dx, (dout * normal).sum(dim=0), dout.sum(dim=0)
