"""beta stands in front of x * sigmoid(x) instead of inside the sigmoid."""

import torch

LOSES = ["swish.forward"]
DIAGNOSIS = {
    "en": "beta multiplies the output; it belongs inside the sigmoid",
    "ru": "beta умножает выход, а должна стоять внутри сигмоиды",
}
HINT = {
    "en": "For positive x and a large beta the output is close to x, not to beta * x.",
    "ru": "При положительном x и большой beta выход близок к x, а не к beta * x.",
}


def swish_forward(x, beta=1.0):
    return beta * x * torch.sigmoid(x), (x.clone(), beta)
