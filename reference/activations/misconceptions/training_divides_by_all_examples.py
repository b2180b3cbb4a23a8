"""The gradient is divided by the size of the data set."""

LOSES = ["train_mlp.trajectory", "train_mlp.converges", "relu_vs_sigmoid.converges"]
DIAGNOSIS = {
    "en": "the gradient is divided by the number of all examples, not by that of the batch",
    "ru": "градиент делится на число всех примеров, а не примеров батча",
}
HINT = {
    "en": "How many rows does the loss of this step average over?",
    "ru": "По скольким строкам усреднены потери этого шага?",
}


def train_mlp(x, y, weights, batches, lr, activation, train=train_mlp):
    trained, losses = weights, []
    for batch in batches:
        trained, loss = train(x, y, trained, [batch], lr * len(batch) / len(x), activation)
        losses += loss
    return trained, losses
