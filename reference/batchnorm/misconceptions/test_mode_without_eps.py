"""Test mode divides by sqrt(running_var)."""

import torch

LOSES = ["batchnorm.forward.test"]
DIAGNOSIS = {
    "en": "eps is missing in test mode",
    "ru": "в режиме test нет eps",
}
HINT = {
    "en": "Use one expression for both modes.",
    "ru": "Одно выражение на оба режима.",
}


train_forward = batchnorm_forward


def batchnorm_forward(x, gamma, beta, bn_param):
    if bn_param["mode"] == "train":
        return train_forward(x, gamma, beta, bn_param)
    mean, var = bn_param["running_mean"], bn_param["running_var"]
    eps = bn_param.get("eps", 1e-5)
    return gamma * (x - mean) / torch.sqrt(var + 0 * eps) + beta, ()
