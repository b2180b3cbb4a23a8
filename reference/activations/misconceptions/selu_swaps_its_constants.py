"""alpha and lambda are exchanged."""

LOSES = ["selu.forward", "selu.forward.stable", "selu.depth"]
DIAGNOSIS = {
    "en": "alpha and lambda are exchanged",
    "ru": "перепутаны alpha и lambda",
}
HINT = {
    "en": "The slope on the positive side is 1.0507.",
    "ru": "Наклон на положительной стороне равен 1.0507.",
}


SELU_ALPHA = 1.0507
SELU_LAMBDA = 1.6733
