"""The loss is averaged over the batch, its gradient is not."""

LOSES = ["train_mlp.trajectory", "train_mlp.converges", "relu_vs_sigmoid.converges"]
DIAGNOSIS = {
    "en": "the gradient of the loss is summed over the batch, not averaged",
    "ru": "градиент потерь просуммирован по батчу, а не усреднён",
}
HINT = {
    "en": "The loss is a mean. By what does its gradient divide?",
    "ru": "Потери — это среднее. На что тогда делится их градиент?",
}


def cross_entropy(scores, y, mean=cross_entropy):
    loss, dscores = mean(scores, y)
    return loss, dscores * len(y)
