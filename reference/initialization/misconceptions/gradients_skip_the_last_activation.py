"""upstream is taken for the gradient before the last activation."""

import torch

LOSES = ["gradient_statistics"]
DIAGNOSIS = {
    "en": "upstream is used as if it stood before the last activation; it stands after it",
    "ru": "upstream взят так, будто он до последней активации, а он после неё",
}
HINT = {
    "en": "Draw the last layer: what stands between its x @ W and the place where upstream begins?",
    "ru": "Нарисуйте последний слой: что стоит между его x @ W и местом, где начинается upstream?",
}


def gradient_statistics(x, weights, activation, upstream):
    outputs = [x]
    for w in weights:
        outputs.append(activated(outputs[-1] @ w, activation))
    stds = []
    for layer in reversed(range(len(weights))):
        last = layer == len(weights) - 1
        dz = upstream if last else upstream * local_slope(outputs[layer + 1], activation)
        stds.insert(0, (outputs[layer].T @ dz).std(correction=0))
        upstream = dz @ weights[layer].T
    return torch.stack(stds)
