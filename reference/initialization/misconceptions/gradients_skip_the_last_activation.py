"""upstream is taken for the gradient before the last activation."""

import torch

LOSES = ["gradient_statistics"]
DIAGNOSIS = {
    "en": "upstream is used as if it stood before the last activation; it stands after it",
    "ru": "upstream взят так, будто он до последней активации, а он после неё",
}
HINT = {
    "en": "The last layer has its activation too: multiply by its slope first.",
    "ru": "У последнего слоя тоже есть активация: сначала умножьте на её наклон.",
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
