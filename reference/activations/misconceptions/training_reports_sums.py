"""Each loss is a sum over its batch."""

LOSES = ["train_mlp.trajectory"]
DIAGNOSIS = {
    "en": "each loss is a sum over its batch, not a mean",
    "ru": "каждая потеря — сумма по батчу, а не среднее",
}
HINT = {
    "en": "Divide the loss by the length of its batch.",
    "ru": "Разделите потерю на длину её батча.",
}


def train_mlp(x, y, weights, batches, lr, activation, train=train_mlp):
    trained, losses = train(x, y, weights, batches, lr, activation)
    return trained, [loss * len(batch) for loss, batch in zip(losses, batches, strict=True)]
