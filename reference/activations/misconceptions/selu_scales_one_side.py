"""Only the positive side is multiplied by lambda."""

import torch

LOSES = ["selu.forward", "selu.depth"]
DIAGNOSIS = {
    "en": "lambda multiplies only the positive branch",
    "ru": "на lambda умножена только положительная ветвь",
}
HINT = {
    "en": "lambda stands before the whole bracket, both branches.",
    "ru": "lambda стоит перед всей скобкой, перед обеими ветвями.",
}


def selu_forward(x):
    return torch.where(x > 0, 1.0507 * x, 1.6733 * torch.expm1(x.clamp(max=0))), (x.clone(),)
