"""The losses are summed."""

LOSES = ["loss_sensitivity"]
DIAGNOSIS = {
    "en": "the losses of the examples are summed, not averaged",
    "ru": "потери по примерам просуммированы, а не усреднены",
}
HINT = {
    "en": "What does twice the same data give?",
    "ru": "Что даст та же выборка, взятая дважды?",
}


def loss_sensitivity(x, y, w, delta):
    return (logistic_loss(x, y, w + delta) - logistic_loss(x, y, w)).abs().item() * len(x)
