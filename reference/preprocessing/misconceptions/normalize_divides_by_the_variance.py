"""The square of std divides."""

import torch

LOSES = ["normalize"]
DIAGNOSIS = {
    "en": "the difference is divided by the variance instead of the standard deviation",
    "ru": "разность поделена на дисперсию вместо СКО",
}
HINT = {
    "en": "What is the spread of your result on the training data?",
    "ru": "Каков разброс вашего результата на обучающих данных?",
}


def normalize(x, mean, std=None):
    centred = x - per_channel(mean)
    if std is None:
        return centred
    return centred / per_channel(torch.where(std < NO_SPREAD, torch.ones_like(std), std**2))
