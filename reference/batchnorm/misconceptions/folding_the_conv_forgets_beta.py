"""beta is left out of the new bias."""

import torch

LOSES = ["fold_conv"]
DIAGNOSIS = {
    "en": "beta is left out of the new bias",
    "ru": "beta не вошла в новое смещение",
}
HINT = {
    "en": "What does test mode add at the end?",
    "ru": "Что прибавляет режим test в конце?",
}


def fold_conv(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    scale = gamma / torch.sqrt(running_var + eps)
    return w * scale.reshape(-1, 1, 1, 1), (b - running_mean) * scale
