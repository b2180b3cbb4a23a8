"""The term from the variance is missing."""

LOSES = ["batchnorm.backward"]
DIAGNOSIS = {
    "en": "the path through the variance is missing",
    "ru": "нет пути через дисперсию",
}
HINT = {
    "en": "Sum dx times the normalised x over the batch: it should nearly vanish.",
    "ru": "Сложите dx, умноженный на нормированный x: должно выйти почти 0.",
}


def batchnorm_backward(dout, cache):
    normal, std, gamma = cache
    dnormal = dout * gamma
    dx = (dnormal - dnormal.mean(dim=0)) / std
    return dx, (dout * normal).sum(dim=0), dout.sum(dim=0)
