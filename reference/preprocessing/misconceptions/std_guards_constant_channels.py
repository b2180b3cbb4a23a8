"""1 is returned for a constant channel."""

import torch

LOSES = ["fit_channel_mean_std"]
DIAGNOSIS = {
    "en": "a constant channel has a std of 0; not to divide by it is the business of normalize",
    "ru": "у постоянного канала СКО 0, а не делить на него — забота normalize",
}
HINT = {
    "en": "Should who reads your statistics take a constant channel for one of spread 1?",
    "ru": "Должен ли читатель вашей статистики принять постоянный канал за канал с разбросом 1?",
}


def fit_channel_mean_std(train):
    mean = fit_channel_mean(train)
    std = (train - per_channel(mean)).square().mean(dim=(0, 2, 3)).sqrt()
    return mean, torch.where(std < NO_SPREAD, torch.ones_like(std), std)
