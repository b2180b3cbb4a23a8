"""Only weights and biases are moved."""

LOSES = ["train_batchnorm_mlp"]
DIAGNOSIS = {
    "en": "gamma and beta are never moved",
    "ru": "gamma и beta не обучаются",
}
HINT = {
    "en": "All four parameters of a hidden layer are learned.",
    "ru": "Обучаются все четыре параметра скрытого слоя.",
}


def network_backward(dscores, params, cache, backward=network_backward):
    gradients = backward(dscores, params, cache)
    return [(*layer[:2], *(0 * one for one in layer[2:])) for layer in gradients]
