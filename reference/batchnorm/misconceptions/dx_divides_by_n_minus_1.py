"""The path through the variance is divided by N - 1, for a variance with 1/N."""

LOSES = ["batchnorm.backward"]
DIAGNOSIS = {
    "en": "the path through the variance is divided by N - 1, but the variance has 1/N",
    "ru": "путь через дисперсию делится на N - 1, а дисперсия — с 1/N",
}
HINT = {
    "en": "Differentiate the variance that the forward pass really uses.",
    "ru": "Продифференцируйте ту дисперсию, что стоит в прямом проходе.",
}


def batchnorm_backward(dout, cache):
    normal, std, gamma = cache
    dnormal = dout * gamma
    dx = (
        dnormal - dnormal.mean(dim=0) - normal * (dnormal * normal).sum(dim=0) / (len(dout) - 1)
    ) / std
    return dx, (dout * normal).sum(dim=0), dout.sum(dim=0)
