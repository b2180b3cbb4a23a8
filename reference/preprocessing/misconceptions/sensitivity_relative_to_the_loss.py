"""The change is divided by the loss."""

LOSES = ["loss_sensitivity"]
DIAGNOSIS = {
    "en": "the change is divided by the loss; the change itself is asked",
    "ru": "изменение поделено на потери, а нужно само изменение",
}
HINT = {
    "en": "Is there a quotient in the definition?",
    "ru": "Есть ли в определении частное?",
}


def loss_sensitivity(x, y, w, delta):
    before, after = logistic_loss(x, y, w), logistic_loss(x, y, w + delta)
    return ((after - before).abs() / before).item()
