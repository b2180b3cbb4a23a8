"""The number of classes is read off the labels."""

LOSES = ["train_linear_probe"]
DIAGNOSIS = {
    "en": "the number of classes was taken from the labels that occur",
    "ru": "число классов взято из встретившихся меток",
}
HINT = {
    "en": "A class may have no example here. How many rows does weight need?",
    "ru": "У класса может не быть примеров. Сколько строк нужно весу?",
}


_probe = train_linear_probe


def train_linear_probe(features, labels, num_classes, batches, lr, generator=None):
    return _probe(features, labels, int(labels.max()) + 1, batches, lr)
