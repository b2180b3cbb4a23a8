"""dL/dW is divided by the number of examples."""

import torch

LOSES = ["gradient_statistics"]
DIAGNOSIS = {
    "en": (
        "dL/dW is divided by N; upstream is the gradient by each example's output already, so sum"
    ),
    "ru": "dL/dW делится на N, а upstream — уже градиент по выходу каждого примера: нужна сумма",
}
HINT = {
    "en": "If the loss is a mean, the 1/N is in upstream.",
    "ru": "Если потеря — среднее, то 1/N уже в upstream.",
}


def gradient_statistics(x, weights, activation, upstream):
    outputs = [x]
    for w in weights:
        outputs.append(activated(outputs[-1] @ w, activation))
    stds = []
    for layer in reversed(range(len(weights))):
        dz = upstream * local_slope(outputs[layer + 1], activation)
        stds.insert(0, (outputs[layer].T @ dz / len(x)).std(correction=0))
        upstream = dz @ weights[layer].T
    return torch.stack(stds)
