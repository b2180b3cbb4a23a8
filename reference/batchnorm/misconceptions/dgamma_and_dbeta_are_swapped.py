"""dbeta comes before dgamma."""

LOSES = ["batchnorm.backward.parameters"]
DIAGNOSIS = {
    "en": "dgamma and dbeta are returned in the wrong order",
    "ru": "dgamma и dbeta возвращены не в том порядке",
}
HINT = {
    "en": "The order is that of the forward's arguments.",
    "ru": "Порядок — как у аргументов прямого прохода.",
}


def batchnorm_backward(dout, cache):
    normal, std, gamma = cache
    dnormal = dout * gamma
    dx = (dnormal - dnormal.mean(dim=0) - normal * (dnormal * normal).mean(dim=0)) / std
    return dx, dout.sum(dim=0), (dout * normal).sum(dim=0)
