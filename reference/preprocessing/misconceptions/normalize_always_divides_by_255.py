"""The images are brought to 0 to 1 first, the mean is not."""

import torch

LOSES = ["normalize"]
DIAGNOSIS = {
    "en": "x is divided by 255 first, but the mean and std are those of 0 to 255",
    "ru": "x сначала поделён на 255, а среднее и std посчитаны для 0–255",
}
HINT = {
    "en": "In what range is the mean given?",
    "ru": "В каком диапазоне задано среднее?",
}


def normalize(x, mean, std=None):
    centred = x / 255 - per_channel(mean)
    if std is None:
        return centred
    return centred / per_channel(torch.where(std < NO_SPREAD, torch.ones_like(std), std))
