"""The statistics are applied in reverse order of channels."""

import torch

LOSES = ["normalize"]
DIAGNOSIS = {
    "en": "the statistics are applied to the channels in reverse order",
    "ru": "статистика применена к каналам в обратном порядке",
}
HINT = {
    "en": "RGB or BGR: do the images and the statistics agree?",
    "ru": "RGB или BGR: согласованы ли изображения и статистика?",
}


def normalize(x, mean, std=None):
    centred = x - per_channel(mean.flip(0))
    if std is None:
        return centred
    std = std.flip(0)
    return centred / per_channel(torch.where(std < NO_SPREAD, torch.ones_like(std), std))
