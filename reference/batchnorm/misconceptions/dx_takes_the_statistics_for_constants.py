"""dx = dout * gamma / std, as if mean and variance were constants."""

LOSES = ["batchnorm.backward"]
DIAGNOSIS = {
    "en": "mean and variance are treated as constants: the paths through them are missing",
    "ru": "среднее и дисперсия взяты за константы: путей через них нет",
}
HINT = {
    "en": "Both depend on x. What should dx sum to over the batch?",
    "ru": "Они зависят от x. Чему равна сумма dx по батчу?",
}


def batchnorm_backward(dout, cache):
    normal, std, gamma = cache
    dnormal = dout * gamma
    dx = dnormal / std
    return dx, (dout * normal).sum(dim=0), dout.sum(dim=0)
