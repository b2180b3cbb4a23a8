"""alpha is always 1, whatever is passed."""

import torch

LOSES = ["elu.forward"]
DIAGNOSIS = {
    "en": "the argument alpha is ignored: the plateau is always at -1",
    "ru": "аргумент alpha не использован: плато всегда на уровне -1",
}
HINT = {
    "en": "Try alpha=0.5.",
    "ru": "Попробуйте alpha=0.5.",
}


def elu_forward(x, alpha=1.0):
    return torch.where(x > 0, x, torch.expm1(x.clamp(max=0))), (x.clone(), 1.0)
