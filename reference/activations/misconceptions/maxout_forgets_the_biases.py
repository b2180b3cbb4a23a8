"""The biases take no part in the maximum."""

import torch

LOSES = ["maxout.forward"]
DIAGNOSIS = {
    "en": "the biases are missing in the forward pass",
    "ru": "в прямом проходе потеряны смещения",
}
HINT = {
    "en": "Each piece is x @ w + b.",
    "ru": "Каждый кусок — это x @ w + b.",
}


def maxout_forward(x, w1, b1, w2, b2):
    first_wins = x @ w1 + b1 > x @ w2 + b2
    return torch.maximum(x @ w1, x @ w2), (x.clone(), w1.clone(), w2.clone(), first_wins)
