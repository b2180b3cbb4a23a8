"""The loss, and so the gradient, is a sum over the batch."""

LOSES = ["train_batchnorm_mlp", "train_batchnorm_mlp.converges"]
DIAGNOSIS = {
    "en": "the loss is a sum over the batch, not a mean",
    "ru": "потери просуммированы по батчу, а не усреднены",
}
HINT = {
    "en": "Divide by the length of the batch, in the loss and in its gradient.",
    "ru": "Делите на длину батча и потери, и их градиент.",
}


def cross_entropy(scores, y, mean=cross_entropy):
    loss, dscores = mean(scores, y)
    return loss * len(y), dscores * len(y)
