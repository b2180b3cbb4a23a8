"""The root mean square is returned."""

import torch

LOSES = ["activation_statistics"]
DIAGNOSIS = {
    "en": "this is the root of the mean square: the mean is not subtracted",
    "ru": "это корень из среднего квадрата: среднее не вычтено",
}
HINT = {
    "en": "The outputs of ReLU have a mean above zero.",
    "ru": "Среднее выходов ReLU больше нуля.",
}


def activation_statistics(x, weights, activation):
    means, stds = [], []
    for w in weights:
        x = activated(x @ w, activation)
        means.append(x.mean())
        stds.append(x.square().mean().sqrt())
    return torch.stack(means), torch.stack(stds)
