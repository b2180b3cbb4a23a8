"""Every layer gets the input of the network."""

import torch

LOSES = ["activation_statistics"]
DIAGNOSIS = {
    "en": "every layer is fed the network's input instead of the layer below",
    "ru": "на каждый слой подаётся вход сети, а не выход предыдущего слоя",
}
HINT = {
    "en": "The output of one layer is the input of the next.",
    "ru": "Выход одного слоя — вход следующего.",
}


def activation_statistics(x, weights, activation):
    means, stds = [], []
    for w in weights:
        out = activated(x @ w, activation)
        means.append(out.mean())
        stds.append(out.std(correction=0))
    return torch.stack(means), torch.stack(stds)
