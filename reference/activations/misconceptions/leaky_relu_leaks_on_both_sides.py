"""The leak is added on the positive side too."""

LOSES = ["leaky_relu.forward"]
DIAGNOSIS = {
    "en": "slope * x is added on both sides, so positive inputs come out larger than they went in",
    "ru": "slope * x прибавлено с обеих сторон: положительные входы вышли больше, чем вошли",
}
HINT = {
    "en": "For positive x the output is exactly x.",
    "ru": "При положительном x выход ровно x.",
}


def leaky_relu_forward(x, negative_slope=0.01):
    return x.clamp(min=0) + negative_slope * x, (x > 0, negative_slope)
