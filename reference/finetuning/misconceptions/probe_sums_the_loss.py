"""The gradient is summed over the batch."""

LOSES = ["train_linear_probe"]
DIAGNOSIS = {
    "en": "the loss is summed over the batch, so that the step grows with it",
    "ru": "потеря просуммирована по батчу, и шаг растёт вместе с ним",
}
HINT = {
    "en": "The mean over the batch is asked.",
    "ru": "Нужно среднее по батчу.",
}


def train_linear_probe(features, labels, num_classes, batches, lr, generator=None):
    weight = features.new_zeros((num_classes, features.shape[1]))
    bias = features.new_zeros(num_classes)
    for batch in batches:
        x, y = features[batch], labels[batch]
        dlogits = torch.softmax(x @ weight.T + bias, dim=1) - one_hot(y, weight)
        weight -= lr * (dlogits.T @ x)
        bias -= lr * dlogits.sum(dim=0)
    return weight, bias
