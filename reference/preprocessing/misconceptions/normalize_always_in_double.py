"""The result is float64 whatever came in."""

import torch

LOSES = ["normalize"]
DIAGNOSIS = {
    "en": "the result is float64 although x is float32",
    "ru": "результат в float64, хотя x в float32",
}
HINT = {
    "en": "Which dtype do the results have?",
    "ru": "Какой тип должен быть у результата?",
}


def normalize(x, mean, std=None):
    centred = x.double() - per_channel(mean)
    if std is None:
        return centred
    return centred / per_channel(torch.where(std < NO_SPREAD, torch.ones_like(std), std))
