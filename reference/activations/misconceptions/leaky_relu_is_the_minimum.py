"""The lower of the two lines is taken instead of the upper."""

import torch

LOSES = ["leaky_relu.forward"]
DIAGNOSIS = {
    "en": "the lower of the two lines is taken: the leak is on the positive side",
    "ru": "взята нижняя из двух прямых: утечка оказалась на положительной стороне",
}
HINT = {
    "en": "Which branch should keep x as it is?",
    "ru": "На какой стороне x должен остаться собой?",
}


def leaky_relu_forward(x, negative_slope=0.01):
    return torch.minimum(x, negative_slope * x), (x > 0, negative_slope)
