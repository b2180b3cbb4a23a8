"""The spread of each unit over the batch, averaged."""

import torch

LOSES = ["activation_statistics"]
DIAGNOSIS = {
    "en": "the std of each unit over the batch is averaged; one std over all entries is asked",
    "ru": "усреднены СКО отдельных нейронов по батчу, а нужно одно СКО по всем элементам",
}
HINT = {
    "en": "One number for the whole (N, D) output.",
    "ru": "Одно число на весь выход (N, D).",
}


def activation_statistics(x, weights, activation):
    means, stds = [], []
    for w in weights:
        x = activated(x @ w, activation)
        means.append(x.mean())
        stds.append(x.std(dim=0, correction=0).mean())
    return torch.stack(means), torch.stack(stds)
