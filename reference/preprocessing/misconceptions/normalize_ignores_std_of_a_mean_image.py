"""std is used beside a channel mean alone."""

import torch

LOSES = ["normalize"]
DIAGNOSIS = {
    "en": "beside a mean image the std was not used; it is (C,) there too",
    "ru": "рядом со средним изображением std не использовано, хотя и там оно (C,)",
}
HINT = {
    "en": "Which of the four combinations of arguments did you try?",
    "ru": "Какие из четырёх сочетаний аргументов вы проверили?",
}


def normalize(x, mean, std=None):
    centred = x - per_channel(mean)
    if std is None or mean.ndim == 3:
        return centred
    return centred / per_channel(torch.where(std < NO_SPREAD, torch.ones_like(std), std))
