"""w is scaled along its second axis, the input channels."""

import torch

LOSES = ["fold_conv"]
NAMED = False  # for most shapes it raises, and then nothing can be compared
DIAGNOSIS = {
    "en": "w is scaled along its input channels",
    "ru": "w умножена вдоль входных каналов",
}
HINT = {
    "en": "w is (Cout, Cin, k, k): which axis do the outputs have?",
    "ru": "w имеет форму (Cout, Cin, k, k): какая ось у выходов?",
}


def fold_conv(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    scale = gamma / torch.sqrt(running_var + eps)
    return w * scale.reshape(1, -1, 1, 1), (b - running_mean) * scale + beta
