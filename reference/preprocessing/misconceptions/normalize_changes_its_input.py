"""The mean is subtracted in place."""

import torch

LOSES = ["normalize"]
NAMED = False  # what is wrong shows in an argument, not in an answer
DIAGNOSIS = {
    "en": "the caller's images were overwritten: -= writes into the argument",
    "ru": "изображения вызывающего изменены: -= пишет в сам аргумент",
}
HINT = {
    "en": "Make a new tensor, or clone the argument first.",
    "ru": "Создайте новый тензор или сначала сделайте clone.",
}


def normalize(x, mean, std=None):
    x -= per_channel(mean)
    if std is None:
        return x
    return x / per_channel(torch.where(std < NO_SPREAD, torch.ones_like(std), std))
