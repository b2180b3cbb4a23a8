"""The gradient by each layer's output instead of its weights."""

import torch

LOSES = ["gradient_statistics"]
DIAGNOSIS = {
    "en": "these are gradients by the layers' outputs; dL/dW is asked",
    "ru": "это градиенты по выходам слоёв, а нужны dL/dW",
}
HINT = {
    "en": "dL/dW is the layer's input transposed times the gradient of its pre-activation.",
    "ru": "dL/dW — транспонированный вход слоя на градиент до активации.",
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
