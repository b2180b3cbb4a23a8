"""The gradient by each layer's output instead of its weights."""

import torch

LOSES = ["gradient_statistics"]
DIAGNOSIS = {
    "en": "these are gradients by the layers' outputs; dL/dW is asked",
    "ru": "это градиенты по выходам слоёв, а нужны dL/dW",
}
HINT = {
    "en": "If one entry of W grows a little, which numbers of the layer change, and by how much?",
    "ru": "Если один элемент W немного вырос, какие числа слоя меняются и насколько?",
}


def gradient_statistics(x, weights, activation, upstream):
    outputs = [x]
    for w in weights:
        outputs.append(activated(outputs[-1] @ w, activation))
    stds = []
    for layer in reversed(range(len(weights))):
        stds.insert(0, upstream.std(correction=0))
        dz = upstream * local_slope(outputs[layer + 1], activation)
        upstream = dz @ weights[layer].T
    return torch.stack(stds)
