"""A layer is moved before the gradient passes through it."""

LOSES = ["train_mlp.trajectory"]
DIAGNOSIS = {
    "en": "the gradient goes back through weights that have already moved",
    "ru": "градиент идёт назад через уже сдвинутые веса",
}
HINT = {
    "en": "First all gradients, then the step.",
    "ru": "Сначала все градиенты, потом шаг.",
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
        loss, dz = cross_entropy(scores, y[batch])
        losses.append(loss.item())
        for layer in reversed(range(len(weights))):
            (w, b), (h, _) = weights[layer], tape[layer]
            weights[layer] = (w - lr * h.T @ dz, b - lr * dz.sum(dim=0))
            if layer:
                dz = backward(dz @ weights[layer][0].T, tape[layer - 1][1])
    return weights, losses
