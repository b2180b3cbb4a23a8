"""The step goes up the gradient."""

LOSES = ["train_mlp.trajectory", "train_mlp.converges", "relu_vs_sigmoid.converges"]
DIAGNOSIS = {
    "en": "the step has the wrong sign: the loss is climbed, not descended",
    "ru": "у шага не тот знак: потери растут, а не убывают",
}
HINT = {
    "en": "Which way does the gradient point?",
    "ru": "Куда указывает градиент?",
}


def train_mlp(x, y, weights, batches, lr, activation, train=train_mlp):
    return train(x, y, weights, batches, -lr, activation)
