"""Negative inputs are flipped instead of being cut off."""

LOSES = ["relu.forward"]
DIAGNOSIS = {
    "en": "negative inputs come out as their absolute value instead of 0",
    "ru": "отрицательные входы выходят по модулю, а не нулём",
}
HINT = {
    "en": "What does ReLU do to -3?",
    "ru": "Что ReLU делает с -3?",
}


def relu_forward(x):
    return x.abs(), (x > 0,)
