"""The division comes before the subtraction."""

import torch

LOSES = ["normalize"]
DIAGNOSIS = {
    "en": "x is divided before the mean is subtracted, so that the mean has the wrong scale",
    "ru": "x поделён до вычитания среднего, и среднее оказалось в чужом масштабе",
}
HINT = {
    "en": "In which units is the mean given?",
    "ru": "В каких единицах дано среднее?",
}


def normalize(x, mean, std=None):
    if std is None:
        return x - per_channel(mean)
    safe = per_channel(torch.where(std < NO_SPREAD, torch.ones_like(std), std))
    return x / safe - per_channel(mean)
