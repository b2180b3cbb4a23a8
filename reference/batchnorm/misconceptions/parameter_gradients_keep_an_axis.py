"""dgamma and dbeta have the shape (1, D)."""

LOSES = ["batchnorm.backward.parameters"]
DIAGNOSIS = {
    "en": "dgamma and dbeta have an axis too many, (1, D)",
    "ru": "у dgamma и dbeta лишняя ось, (1, D)",
}
HINT = {
    "en": "A gradient has the shape of what it is the gradient of.",
    "ru": "Форма градиента — это форма того, по чему он взят.",
}


def batchnorm_backward(dout, cache):
    normal, std, gamma = cache
    dnormal = dout * gamma
    dx = (dnormal - dnormal.mean(dim=0) - normal * (dnormal * normal).mean(dim=0)) / std
    return dx, (dout * normal).sum(dim=0, keepdim=True), dout.sum(dim=0, keepdim=True)
