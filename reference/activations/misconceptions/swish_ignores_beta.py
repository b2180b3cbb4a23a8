"""beta is always 1 in the forward pass."""

import torch

LOSES = ["swish.forward"]
DIAGNOSIS = {
    "en": "the argument beta is ignored: it is always 1",
    "ru": "аргумент beta не использован: он всегда 1",
}
HINT = {
    "en": "Try beta=10: the curve should be almost a ReLU.",
    "ru": "Попробуйте beta=10: кривая должна быть почти ReLU.",
}


def swish_forward(x, beta=1.0):
    return x * torch.sigmoid(x), (x.clone(), beta)
