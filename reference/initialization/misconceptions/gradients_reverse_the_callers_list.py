"""The caller's list of weights is reversed in place."""

import torch

LOSES = ["gradient_statistics"]
NAMED = False
DIAGNOSIS = {
    "en": "the caller's list of weights is turned round and stays so",
    "ru": "список весов вызывающего перевёрнут и таким остаётся",
}
HINT = {
    "en": "reversed(weights) leaves the list as it is.",
    "ru": "reversed(weights) оставляет список как есть.",
}


def gradient_statistics(x, weights, activation, upstream):
    outputs = [x]
    for w in weights:
        outputs.append(activated(outputs[-1] @ w, activation))
    weights.reverse()
    stds = []
    for w in weights:
        dz = upstream * local_slope(outputs.pop(), activation)
        stds.insert(0, (outputs[-1].T @ dz).std(correction=0))
        upstream = dz @ w.T
    return torch.stack(stds)
