"""Each loss is that of the moved weights."""

LOSES = ["train_mlp.trajectory"]
DIAGNOSIS = {
    "en": "each loss was computed after the step",
    "ru": "каждая потеря посчитана после шага",
}
HINT = {
    "en": "The loss that the gradient belongs to is the one before the step.",
    "ru": "Градиент относится к потере до шага.",
}


def train_mlp(x, y, weights, batches, lr, activation, train=train_mlp):
    trained, losses = weights, []
    for batch in batches:
        trained, _ = train(x, y, trained, [batch], lr, activation)
        losses += train(x, y, trained, [batch], lr, activation)[1]
    return trained, losses
