"""The scale is gamma / sqrt(running_var)."""

import torch

LOSES = ["fold_linear"]
DIAGNOSIS = {
    "en": "eps is missing in the scale",
    "ru": "в масштабе нет eps",
}
HINT = {
    "en": "Fold with an eps of 1: do the weights change? Does your test mode's output?",
    "ru": "Сложите при eps = 1: изменились ли веса? А выход вашего режима test?",
}


def fold_linear(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    scale = gamma / torch.sqrt(running_var)
    return w * scale, (b - running_mean) * scale + beta
