"""A channel whose std is 0 is passed on as it came."""

import torch

LOSES = ["normalize.constant"]
DIAGNOSIS = {
    "en": "a channel whose std is 0 was left as it came; its mean is subtracted all the same",
    "ru": "канал с СКО 0 оставлен как есть, а среднее вычитается и из него",
}
HINT = {
    "en": "Which of the two steps is impossible, and which is not?",
    "ru": "Какой из двух шагов невозможен, а какой возможен?",
}


def normalize(x, mean, std=None):
    centred = x - per_channel(mean)
    if std is None:
        return centred
    spread = per_channel(std)
    safe = torch.where(spread < NO_SPREAD, torch.ones_like(spread), spread)
    return torch.where(spread < NO_SPREAD, x, centred / safe)
