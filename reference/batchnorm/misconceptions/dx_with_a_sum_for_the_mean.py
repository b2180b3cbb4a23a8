"""The two correction terms are summed over the batch, not averaged."""

LOSES = ["batchnorm.backward"]
DIAGNOSIS = {
    "en": "the two correction terms are sums over the batch where means are due: 1/N is missing",
    "ru": "две поправки — суммы по батчу, а нужны средние: нет 1/N",
}
HINT = {
    "en": "Each x adds only one N-th to the mean.",
    "ru": "Каждый x вносит в среднее лишь одну N-ю.",
}


def batchnorm_backward(dout, cache):
    normal, std, gamma = cache
    dnormal = dout * gamma
    dx = (dnormal - dnormal.sum(dim=0) - normal * (dnormal * normal).sum(dim=0)) / std
    return dx, (dout * normal).sum(dim=0), dout.sum(dim=0)
