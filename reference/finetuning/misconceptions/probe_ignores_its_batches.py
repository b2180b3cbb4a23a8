"""Every step uses all examples."""

LOSES = ["train_linear_probe"]
DIAGNOSIS = {
    "en": "every step uses all the examples, whatever the batch",
    "ru": "каждый шаг использует все примеры, каким бы ни был батч",
}
HINT = {
    "en": "Which examples does `batch` choose?",
    "ru": "Какие примеры выбирает batch?",
}


_probe = train_linear_probe


def train_linear_probe(features, labels, num_classes, batches, lr, generator=None):
    everything = torch.arange(len(labels), device=labels.device)
    return _probe(features, labels, num_classes, [everything] * len(batches), lr)
