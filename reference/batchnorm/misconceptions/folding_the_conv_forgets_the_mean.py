"""The running mean is not subtracted."""

import torch

LOSES = ["fold_conv"]
DIAGNOSIS = {
    "en": "the running mean is left out of the new bias",
    "ru": "скользящее среднее не вошло в новое смещение",
}
HINT = {
    "en": "What does the folded layer give where x is 0?",
    "ru": "Что даёт сложенный слой там, где x равен 0?",
}


def fold_conv(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    scale = gamma / torch.sqrt(running_var + eps)
    return w * scale.reshape(-1, 1, 1, 1), b * scale + beta
