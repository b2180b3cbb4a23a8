"""The factor lambda is missing: this is ELU with another alpha."""

import torch

LOSES = ["selu.forward", "selu.depth"]
DIAGNOSIS = {
    "en": "the factor lambda is missing: this is ELU with alpha = 1.6733",
    "ru": "потерян множитель lambda: это ELU с alpha = 1.6733",
}
HINT = {
    "en": "Both branches are multiplied by 1.0507.",
    "ru": "Обе ветви умножаются на 1.0507.",
}


def selu_forward(x):
    return torch.where(x > 0, x, 1.6733 * torch.expm1(x.clamp(max=0))), (x.clone(),)
