"""The term from the mean is missing."""

LOSES = ["batchnorm.backward"]
DIAGNOSIS = {
    "en": "the path through the mean is missing",
    "ru": "нет пути через среднее",
}
HINT = {
    "en": "Sum dx over the batch: for the right one it is 0.",
    "ru": "Сложите dx по батчу: у верного выйдет 0.",
}


def batchnorm_backward(dout, cache):
    normal, std, gamma = cache
    dnormal = dout * gamma
    dx = (dnormal - normal * (dnormal * normal).mean(dim=0)) / std
    return dx, (dout * normal).sum(dim=0), dout.sum(dim=0)
