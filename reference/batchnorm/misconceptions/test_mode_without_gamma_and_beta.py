"""Test mode stops at the normalised x."""

import torch

LOSES = ["batchnorm.forward.test"]
DIAGNOSIS = {
    "en": "gamma and beta are missing in test mode",
    "ru": "в режиме test нет gamma и beta",
}
HINT = {
    "en": "Both modes end with the same line.",
    "ru": "Оба режима кончаются одной и той же строкой.",
}


train_forward = batchnorm_forward


def batchnorm_forward(x, gamma, beta, bn_param):
    if bn_param["mode"] == "train":
        return train_forward(x, gamma, beta, bn_param)
    mean, var = bn_param["running_mean"], bn_param["running_var"]
    eps = bn_param.get("eps", 1e-5)
    return (x - mean) / torch.sqrt(var + eps), ()
