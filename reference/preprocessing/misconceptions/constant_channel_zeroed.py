"""A channel whose std is 0 becomes 0."""

import torch

LOSES = ["normalize.constant"]
DIAGNOSIS = {
    "en": "a channel whose std is 0 was set to 0; only the division is left out, the mean is "
    "subtracted",
    "ru": "канал с СКО 0 обнулён, а опускается лишь деление: среднее вычитается",
}
HINT = {
    "en": "Constant in training: is it constant in the test data too?",
    "ru": "Постоянный на обучении — постоянный ли он и на тесте?",
}


def normalize(x, mean, std=None):
    centred = x - per_channel(mean)
    if std is None:
        return centred
    spread = per_channel(std)
    safe = torch.where(spread < NO_SPREAD, torch.ones_like(spread), spread)
    return torch.where(spread < NO_SPREAD, torch.zeros_like(centred), centred / safe)
