"""The output is cut off at 6, as in ReLU6."""

LOSES = ["relu.forward"]
DIAGNOSIS = {
    "en": "the output is cut off at 6: that is ReLU6",
    "ru": "выход обрезан на 6: это ReLU6",
}
HINT = {
    "en": "ReLU does not saturate on the positive side.",
    "ru": "На положительной стороне ReLU не насыщается.",
}


def relu_forward(x):
    return x.clamp(0, 6), ((x > 0) & (x < 6),)
