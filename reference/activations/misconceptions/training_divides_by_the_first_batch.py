"""Every batch is averaged as if it had the first one's size."""

LOSES = ["train_mlp.trajectory"]
DIAGNOSIS = {
    "en": "every gradient is divided by the size of the first batch",
    "ru": "каждый градиент делится на размер первого батча",
}
HINT = {
    "en": "Batches may differ in size: divide by the length of the one at hand.",
    "ru": "Батчи бывают разной длины: делите на длину текущего.",
}


def train_mlp(x, y, weights, batches, lr, activation, train=train_mlp):
    trained, losses = weights, []
    for batch in batches:
        rate = lr * len(batch) / len(batches[0])
        trained, loss = train(x, y, trained, [batch], rate, activation)
        losses += loss
    return trained, losses
