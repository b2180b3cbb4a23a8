"""The last batch is never used."""

LOSES = ["train_mlp.trajectory"]
DIAGNOSIS = {
    "en": "the last batch is skipped",
    "ru": "последний батч пропущен",
}
HINT = {
    "en": "One step, and one loss, for each batch.",
    "ru": "На каждый батч один шаг и одна потеря.",
}


def train_mlp(x, y, weights, batches, lr, activation, train=train_mlp):
    trained, losses = train(x, y, weights, batches[:-1], lr, activation)
    return trained, [*losses, losses[-1]]
