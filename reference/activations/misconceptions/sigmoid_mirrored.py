"""The sign in the exponent is the wrong way round: the curve falls."""

import torch

LOSES = ["sigmoid.forward", "sigmoid.forward.stable"]
DIAGNOSIS = {
    "en": "the sign in the exponent is reversed, so the curve falls where it should rise",
    "ru": "перепутан знак в экспоненте: кривая убывает вместо того, чтобы расти",
}
HINT = {
    "en": "What should come out for a large positive x?",
    "ru": "Что должно получиться при большом положительном x?",
}


def sigmoid_forward(x):
    return torch.sigmoid(-x), (x.clone(),)
