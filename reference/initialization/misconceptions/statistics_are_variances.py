"""Variances are returned."""

import torch

LOSES = ["activation_statistics"]
DIAGNOSIS = {
    "en": "these are variances; standard deviations are asked",
    "ru": "это дисперсии, а нужны СКО",
}
HINT = {
    "en": "Take the root.",
    "ru": "Извлеките корень.",
}


def activation_statistics(x, weights, activation):
    means, stds = [], []
    for w in weights:
        x = activated(x @ w, activation)
        means.append(x.mean())
        stds.append(x.var(correction=0))
    return torch.stack(means), torch.stack(stds)
