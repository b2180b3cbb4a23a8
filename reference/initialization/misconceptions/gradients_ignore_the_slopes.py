"""The slopes of the activations are left out."""

import torch

LOSES = ["gradient_statistics"]
DIAGNOSIS = {
    "en": "the gradient passes the activations unchanged: their slopes are missing",
    "ru": "градиент проходит активации без изменений: их наклоны потеряны",
}
HINT = {
    "en": "If z grows a little where tanh is flat, how much does the output grow?",
    "ru": "Если z немного растёт там, где tanh пологий, насколько растёт выход?",
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
