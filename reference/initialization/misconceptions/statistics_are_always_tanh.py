"""tanh whatever is asked."""

import torch

LOSES = ["activation_statistics"]
DIAGNOSIS = {
    "en": "the argument activation is ignored: every layer has tanh",
    "ru": "аргумент activation не используется: всюду tanh",
}
HINT = {
    "en": 'activation may be "relu" too.',
    "ru": 'activation бывает и "relu".',
}


def activation_statistics(x, weights, activation):
    means, stds = [], []
    for w in weights:
        x = torch.tanh(x @ w)
        means.append(x.mean())
        stds.append(x.std(correction=0))
    return torch.stack(means), torch.stack(stds)
