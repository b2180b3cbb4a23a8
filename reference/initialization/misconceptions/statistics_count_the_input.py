"""The input is counted as a layer."""

import torch

LOSES = ["activation_statistics"]
DIAGNOSIS = {
    "en": "the input is counted too: there is one number too many",
    "ru": "посчитан и вход: одно число лишнее",
}
HINT = {
    "en": "L matrices give L layers.",
    "ru": "L матриц дают L слоёв.",
}


def activation_statistics(x, weights, activation):
    outputs = [x]
    for w in weights:
        outputs.append(activated(outputs[-1] @ w, activation))
    means = [out.mean() for out in outputs]
    return torch.stack(means), torch.stack([out.std(correction=0) for out in outputs])
