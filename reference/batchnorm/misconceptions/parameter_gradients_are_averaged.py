"""dgamma and dbeta are means over the batch."""

LOSES = ["batchnorm.backward.parameters"]
DIAGNOSIS = {
    "en": "dgamma and dbeta are averaged where a sum is due",
    "ru": "dgamma и dbeta усреднены, а нужны суммы",
}
HINT = {
    "en": "dout already holds the 1/N of the loss.",
    "ru": "1/N функции потерь уже внутри dout.",
}


def batchnorm_backward(dout, cache):
    normal, std, gamma = cache
    dnormal = dout * gamma
    dx = (dnormal - dnormal.mean(dim=0) - normal * (dnormal * normal).mean(dim=0)) / std
    return dx, (dout * normal).mean(dim=0), dout.mean(dim=0)
