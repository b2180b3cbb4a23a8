"""The output is float64 whatever came in."""

import torch

LOSES = ["relu.forward"]
DIAGNOSIS = {
    "en": "the output is float64 although the input is float32",
    "ru": "выход имеет тип float64, хотя вход — float32",
}
HINT = {
    "en": "Constants and zeros should take the dtype of x.",
    "ru": "Константы и нули должны получать dtype от x.",
}


def relu_forward(x):
    return torch.maximum(x.double(), torch.zeros_like(x, dtype=torch.float64)), (x > 0,)
