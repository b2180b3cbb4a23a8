"""The mean is added."""

import torch

LOSES = ["normalize"]
DIAGNOSIS = {
    "en": "the mean is added instead of subtracted",
    "ru": "среднее прибавлено, а не вычтено",
}
HINT = {
    "en": "What is the mean of your result on the training data?",
    "ru": "Каково среднее вашего результата на обучающих данных?",
}


def normalize(x, mean, std=None):
    moved = x + per_channel(mean)
    if std is None:
        return moved
    return moved / per_channel(torch.where(std < NO_SPREAD, torch.ones_like(std), std))
