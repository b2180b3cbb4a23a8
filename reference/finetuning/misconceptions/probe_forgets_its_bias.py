"""The bias never moves."""

LOSES = ["train_linear_probe"]
DIAGNOSIS = {
    "en": "the bias is never updated",
    "ru": "смещение не обновляется",
}
HINT = {
    "en": "The bias has a gradient too.",
    "ru": "У смещения тоже есть градиент.",
}


_probe = train_linear_probe


def train_linear_probe(features, labels, num_classes, batches, lr, generator=None):
    weight = features.new_zeros((num_classes, features.shape[1]))
    for batch in batches:
        x, y = features[batch], labels[batch]
        dlogits = (torch.softmax(x @ weight.T, dim=1) - one_hot(y, weight)) / len(y)
        weight -= lr * (dlogits.T @ x)
    return weight, features.new_zeros(num_classes)
