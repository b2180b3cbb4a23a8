"""The change is divided by the length of delta."""

LOSES = ["loss_sensitivity"]
DIAGNOSIS = {
    "en": "the change is divided by the length of delta",
    "ru": "изменение поделено на длину delta",
}
HINT = {
    "en": "Nothing is divided in the definition.",
    "ru": "В определении ни на что не делят.",
}


def loss_sensitivity(x, y, w, delta):
    change = (logistic_loss(x, y, w + delta) - logistic_loss(x, y, w)).abs()
    return (change / delta.norm()).item()
