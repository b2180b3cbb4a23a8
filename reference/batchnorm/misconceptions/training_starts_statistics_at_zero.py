"""The running variance starts at 0."""

LOSES = ["train_batchnorm_mlp"]
DIAGNOSIS = {
    "en": "the running variance starts at 0 instead of 1",
    "ru": "скользящая дисперсия начинается с 0, а не с 1",
}
HINT = {
    "en": "Running values start at 0 for the mean and 1 for the variance.",
    "ru": "Скользящее среднее начинается с 0, дисперсия — с 1.",
}


def train_batchnorm_mlp(x, y, params, batches, lr, train=train_batchnorm_mlp):
    params, running, losses = train(x, y, params, batches, lr)
    for one in running:
        one["running_var"] = one["running_var"] - 0.9 ** len(batches)
    return params, running, losses
