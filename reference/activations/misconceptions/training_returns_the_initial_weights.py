"""The weights that come back are those that came in."""

LOSES = ["train_mlp.trajectory", "train_mlp.converges", "relu_vs_sigmoid.converges"]
DIAGNOSIS = {
    "en": "the initial weights come back, not the trained ones",
    "ru": "вернулись исходные веса, а не обученные",
}
HINT = {
    "en": "Which variable holds the moved weights at the end?",
    "ru": "В какой переменной в конце лежат сдвинутые веса?",
}


def train_mlp(x, y, weights, batches, lr, activation, train=train_mlp):
    _, losses = train(x, y, weights, batches, lr, activation)
    return [(w.clone(), b.clone()) for w, b in weights], losses
