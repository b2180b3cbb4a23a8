"""The last layer comes first."""

import torch

LOSES = ["gradient_statistics"]
DIAGNOSIS = {
    "en": "the layers come in the order of the backward pass; the first layer must come first",
    "ru": "слои идут в порядке обратного прохода, а первым должен быть первый слой",
}
HINT = {
    "en": "Reverse the list.",
    "ru": "Переверните список.",
}


def gradient_statistics(x, weights, activation, upstream):
    outputs = [x]
    for w in weights:
        outputs.append(activated(outputs[-1] @ w, activation))
    stds = []
    for layer in reversed(range(len(weights))):
        dz = upstream * local_slope(outputs[layer + 1], activation)
        stds.append((outputs[layer].T @ dz).std(correction=0))
        upstream = dz @ weights[layer].T
    return torch.stack(stds)
