"""The slopes of the activations are left out."""

import torch

LOSES = ["gradient_statistics"]
DIAGNOSIS = {
    "en": "the gradient passes the activations unchanged: their slopes are missing",
    "ru": "градиент проходит активации без изменений: их наклоны потеряны",
}
HINT = {
    "en": "tanh' = 1 - tanh², ReLU' is 0 or 1.",
    "ru": "tanh' = 1 - tanh², ReLU' — это 0 или 1.",
}


def gradient_statistics(x, weights, activation, upstream):
    outputs = [x]
    for w in weights:
        outputs.append(activated(outputs[-1] @ w, activation))
    stds = []
    for layer in reversed(range(len(weights))):
        stds.insert(0, (outputs[layer].T @ upstream).std(correction=0))
        upstream = upstream @ weights[layer].T
    return torch.stack(stds)
