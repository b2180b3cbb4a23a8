"""The weights move by -delta."""

LOSES = ["loss_sensitivity"]
DIAGNOSIS = {
    "en": "the weights were moved by -delta",
    "ru": "веса сдвинуты на -delta",
}
HINT = {
    "en": "w + delta is asked.",
    "ru": "Нужно w + delta.",
}


def loss_sensitivity(x, y, w, delta):
    return (logistic_loss(x, y, w - delta) - logistic_loss(x, y, w)).abs().item()
