"""Each loss is that of the moved parameters."""

LOSES = ["train_batchnorm_mlp"]
DIAGNOSIS = {
    "en": "each loss was computed after the step",
    "ru": "каждая потеря посчитана после шага",
}
HINT = {
    "en": "The loss that the gradient belongs to is the one before the step.",
    "ru": "Градиент относится к потере до шага.",
}


def train_batchnorm_mlp(x, y, params, batches, lr, train=train_batchnorm_mlp):
    losses, moved = [], params
    for batch in batches:
        moved = train(x, y, moved, [batch], lr)[0]
        losses += train(x, y, moved, [batch], lr)[2]
    return (*train(x, y, params, batches, lr)[:2], losses)
