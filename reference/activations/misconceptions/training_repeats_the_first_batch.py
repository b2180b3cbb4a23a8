"""Every step is taken on the first batch."""

LOSES = ["train_mlp.trajectory", "train_mlp.converges", "relu_vs_sigmoid.converges"]
DIAGNOSIS = {
    "en": "every step uses the first batch",
    "ru": "каждый шаг сделан на первом батче",
}
HINT = {
    "en": "What changes from one turn of the loop to the next?",
    "ru": "Что меняется от одного прохода цикла к следующему?",
}


def train_mlp(x, y, weights, batches, lr, activation, train=train_mlp):
    return train(x, y, weights, batches[:1] * len(batches), lr, activation)
