"""The last batch is never used."""

LOSES = ["train_batchnorm_mlp"]
DIAGNOSIS = {
    "en": "the last batch is skipped",
    "ru": "последний батч пропущен",
}
HINT = {
    "en": "One step, and one loss, for each batch.",
    "ru": "На каждый батч один шаг и одна потеря.",
}


def train_batchnorm_mlp(x, y, params, batches, lr, train=train_batchnorm_mlp):
    params, running, losses = train(x, y, params, batches[:-1], lr)
    return params, running, [*losses, losses[-1]]
