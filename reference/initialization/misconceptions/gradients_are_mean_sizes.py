"""The mean absolute value instead of the standard deviation."""

import torch

LOSES = ["gradient_statistics"]
DIAGNOSIS = {
    "en": "this is the mean of |dL/dW|; its standard deviation is asked",
    "ru": "это среднее |dL/dW|, а нужно СКО",
}
HINT = {
    "en": "The root of the mean squared distance from the mean.",
    "ru": "Корень из среднего квадрата отклонения от среднего.",
}


def gradient_statistics(x, weights, activation, upstream):
    outputs = [x]
    for w in weights:
        outputs.append(activated(outputs[-1] @ w, activation))
    stds = []
    for layer in reversed(range(len(weights))):
        dz = upstream * local_slope(outputs[layer + 1], activation)
        stds.insert(0, (outputs[layer].T @ dz).abs().mean())
        upstream = dz @ weights[layer].T
    return torch.stack(stds)
