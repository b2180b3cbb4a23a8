"""Weight decay is added without being asked for."""

LOSES = ["train_linear_probe"]
DIAGNOSIS = {
    "en": "weight decay shrinks the weights, though none is asked for",
    "ru": "weight decay сжимает веса, хотя его не просили",
}
HINT = {
    "en": "Plain SGD: only the gradient of the loss moves the weights.",
    "ru": "Простой SGD: веса двигает только градиент потери.",
}


def train_linear_probe(features, labels, num_classes, batches, lr, generator=None):
    weight = features.new_zeros((num_classes, features.shape[1]))
    bias = features.new_zeros(num_classes)
    for batch in batches:
        x, y = features[batch], labels[batch]
        dlogits = (torch.softmax(x @ weight.T + bias, dim=1) - one_hot(y, weight)) / len(y)
        weight -= lr * (dlogits.T @ x + 1e-3 * weight)
        bias -= lr * dlogits.sum(dim=0)
    return weight, bias
