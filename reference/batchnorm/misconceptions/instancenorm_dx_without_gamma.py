"""gamma is forgotten in dx."""

LOSES = ["instancenorm.backward"]
DIAGNOSIS = {
    "en": "gamma is missing in dx",
    "ru": "в dx нет gamma",
}
HINT = {
    "en": "Which factor stands before the normalised x in the forward pass?",
    "ru": "Какой множитель стоит у нормированного x в прямом проходе?",
}


def instancenorm_backward(dout, cache):
    normal, std, gamma = cache
    return image_backward(dout, (normal, std, gamma / gamma))
