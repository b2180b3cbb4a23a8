"""The parameters that come back are those that came in."""

LOSES = ["train_batchnorm_mlp", "train_batchnorm_mlp.converges"]
DIAGNOSIS = {
    "en": "the initial parameters come back, not the trained ones",
    "ru": "вернулись исходные параметры, а не обученные",
}
HINT = {
    "en": "Which variable holds the moved parameters at the end?",
    "ru": "В какой переменной в конце лежат сдвинутые параметры?",
}


def train_batchnorm_mlp(x, y, params, batches, lr, train=train_batchnorm_mlp):
    _, running, losses = train(x, y, params, batches, lr)
    return [tuple(one.clone() for one in layer) for layer in params], running, losses
