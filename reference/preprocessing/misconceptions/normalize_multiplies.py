"""The difference is multiplied by std."""

import torch

LOSES = ["normalize"]
DIAGNOSIS = {
    "en": "the difference is multiplied by std instead of divided",
    "ru": "разность умножена на std вместо деления",
}
HINT = {
    "en": "What should the spread be afterwards?",
    "ru": "Каким должен стать разброс?",
}


def normalize(x, mean, std=None):
    centred = x - per_channel(mean)
    if std is None:
        return centred
    return centred * per_channel(torch.where(std < NO_SPREAD, torch.ones_like(std), std))
