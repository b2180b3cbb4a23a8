"""Features are normalized in place."""

LOSES = ["train_linear_probe"]
NAMED = False  # what is wrong shows in an argument, not in an answer
DIAGNOSIS = {
    "en": "the caller's features were changed in place",
    "ru": "признаки вызывающего изменены на месте",
}
HINT = {
    "en": "Make a new tensor.",
    "ru": "Создайте новый тензор.",
}


_probe = train_linear_probe


def train_linear_probe(features, labels, num_classes, batches, lr, generator=None):
    result = _probe(features, labels, num_classes, batches, lr)
    features -= features.mean(dim=0)
    return result
