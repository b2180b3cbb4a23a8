"""The activation follows the last layer too."""

LOSES = ["train_mlp.trajectory", "train_mlp.converges", "relu_vs_sigmoid.converges"]
DIAGNOSIS = {
    "en": "the activation is applied to the scores as well",
    "ru": "активация применена и к выходам последнего слоя",
}
HINT = {
    "en": "Softmax takes the scores as they are.",
    "ru": "Softmax берёт выходы последнего слоя как есть.",
}


def train_mlp(x, y, weights, batches, lr, activation):
    forward, backward = {
        "relu": (relu_forward, relu_backward),
        "tanh": (tanh_forward, tanh_backward),
        "sigmoid": (sigmoid_forward, sigmoid_backward),
    }[activation]
    weights, losses = list(weights), []
    for batch in batches:
        scores, tape = network_forward(x[batch], weights, forward)
        bent, cache = forward(scores)
        loss, dbent = cross_entropy(bent, y[batch])
        losses.append(loss.item())
        gradients = network_backward(backward(dbent, cache), weights, tape, backward)
        weights = [
            (w - lr * dw, b - lr * db) for (w, b), (dw, db) in zip(weights, gradients, strict=True)
        ]
    return weights, losses
