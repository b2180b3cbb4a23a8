"""The pre-activations are measured."""

import torch

LOSES = ["activation_statistics"]
DIAGNOSIS = {
    "en": "these are the numbers before the activation",
    "ru": "это числа до активации",
}
HINT = {
    "en": "Measure what the layer puts out.",
    "ru": "Измеряйте то, что слой выдаёт.",
}


def activation_statistics(x, weights, activation):
    means, stds = [], []
    for w in weights:
        z = x @ w
        means.append(z.mean())
        stds.append(z.std(correction=0))
        x = activated(z, activation)
    return torch.stack(means), torch.stack(stds)
