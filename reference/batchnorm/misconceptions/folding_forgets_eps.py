"""The scale is gamma / sqrt(running_var)."""

import torch

LOSES = ["fold_linear"]
DIAGNOSIS = {
    "en": "eps is missing in the scale",
    "ru": "в масштабе нет eps",
}
HINT = {
    "en": "Test mode divides by sqrt(running_var + eps).",
    "ru": "Режим test делит на sqrt(running_var + eps).",
}


def fold_linear(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    scale = gamma / torch.sqrt(running_var)
    return w * scale, (b - running_mean) * scale + beta
