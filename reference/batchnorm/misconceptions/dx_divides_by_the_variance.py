"""dx is divided by the variance, not its root."""

LOSES = ["batchnorm.backward"]
DIAGNOSIS = {
    "en": "dx is divided by the variance instead of the standard deviation",
    "ru": "dx делится на дисперсию, а не на СКО",
}
HINT = {
    "en": "What is the derivative of (x - mean) / std by x, mean and std held?",
    "ru": "Какова производная (x - mean) / std по x при постоянных mean и std?",
}


def batchnorm_backward(dout, cache):
    normal, std, gamma = cache
    dnormal = dout * gamma
    dx = (dnormal - dnormal.mean(dim=0) - normal * (dnormal * normal).mean(dim=0)) / std**2
    return dx, (dout * normal).sum(dim=0), dout.sum(dim=0)
