"""The change is returned with its sign."""

LOSES = ["loss_sensitivity"]
DIAGNOSIS = {
    "en": "the change has a sign; its absolute value is asked",
    "ru": "изменение возвращено со знаком, а нужен его модуль",
}
HINT = {
    "en": "Can a sensitivity be negative?",
    "ru": "Может ли чувствительность быть отрицательной?",
}


def loss_sensitivity(x, y, w, delta):
    return (logistic_loss(x, y, w + delta) - logistic_loss(x, y, w)).item()
