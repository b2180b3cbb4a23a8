"""The caller's tensors are updated in place."""

LOSES = ["train_mlp.trajectory"]
NAMED = False  # what is wrong shows in an argument, not in an answer
DIAGNOSIS = {
    "en": "the caller's initial weights are overwritten",
    "ru": "исходные веса вызывающего перезаписаны",
}
HINT = {
    "en": "Clone the weights before the first step.",
    "ru": "Скопируйте веса до первого шага.",
}


def train_mlp(x, y, weights, batches, lr, activation, train=train_mlp):
    trained, losses = train(x, y, weights, batches, lr, activation)
    for layer, new in zip(weights, trained, strict=True):
        for value, moved in zip(layer, new, strict=True):
            value.copy_(moved)
    return weights, losses
