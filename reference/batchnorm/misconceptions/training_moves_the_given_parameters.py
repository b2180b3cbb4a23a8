"""The caller's tensors are updated in place."""

LOSES = ["train_batchnorm_mlp"]
NAMED = False  # what is wrong shows in an argument, not in an answer
DIAGNOSIS = {
    "en": "the caller's initial parameters are overwritten",
    "ru": "исходные параметры вызывающего перезаписаны",
}
HINT = {
    "en": "Clone the parameters before the first step.",
    "ru": "Скопируйте параметры до первого шага.",
}


def train_batchnorm_mlp(x, y, params, batches, lr, train=train_batchnorm_mlp):
    trained, running, losses = train(x, y, params, batches, lr)
    for layer, new in zip(params, trained, strict=True):
        for value, moved_to in zip(layer, new, strict=True):
            value.copy_(moved_to)
    return params, running, losses
