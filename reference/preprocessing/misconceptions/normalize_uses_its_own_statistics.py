"""The statistics of x itself are used."""

import torch

LOSES = ["normalize"]
DIAGNOSIS = {
    "en": "x was normalized with its own statistics; those of the training data are the arguments",
    "ru": "x нормирован по собственной статистике, а обучающая передана аргументами",
}
HINT = {
    "en": "Which data may a network that is in use look at?",
    "ru": "На какие данные может смотреть сеть, когда её уже применяют?",
}


def normalize(x, mean, std=None):
    centred = x - (x.mean(dim=0) if mean.ndim == 3 else per_channel(fit_channel_mean(x)))
    if std is None:
        return centred
    own = fit_channel_mean_std(x)[1]
    return centred / per_channel(torch.where(own < NO_SPREAD, torch.ones_like(own), own))
