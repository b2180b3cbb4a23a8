"""Gradients of earlier steps are added to each new one."""

LOSES = ["train_mlp.trajectory", "train_mlp.converges", "relu_vs_sigmoid.converges"]
DIAGNOSIS = {
    "en": "the gradients of all earlier steps are added to the new one",
    "ru": "к новому градиенту прибавлены градиенты всех прежних шагов",
}
HINT = {
    "en": "Each step starts with gradients of zero.",
    "ru": "Перед каждым шагом градиенты — нули.",
}


def train_mlp(x, y, weights, batches, lr, activation, train=train_mlp):
    place, losses = weights, []
    total = [(0 * w, 0 * b) for w, b in weights]
    for batch in batches:
        moved, loss = train(x, y, place, [batch], lr, activation)
        total = [
            tuple(t + new - old for t, new, old in zip(*layer, strict=True))
            for layer in zip(total, moved, place, strict=True)
        ]
        place = [
            tuple(old + t for old, t in zip(*layer, strict=True))
            for layer in zip(place, total, strict=True)
        ]
        losses += loss
    return place, losses
