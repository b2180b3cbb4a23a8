"""dgamma is the sum of dout * x with x not normalised."""

LOSES = ["batchnorm.backward.parameters"]
DIAGNOSIS = {
    "en": "dgamma is taken with x before it was normalised",
    "ru": "dgamma взята с ненормированным x",
}
HINT = {
    "en": "What does gamma multiply?",
    "ru": "На что умножается gamma?",
}


def batchnorm_forward(x, gamma, beta, bn_param, forward=batchnorm_forward):
    out, cache = forward(x, gamma, beta, bn_param)
    return out, (x.clone(), *cache)


def batchnorm_backward(dout, cache, backward=batchnorm_backward):
    x, *rest = cache
    dx, _, dbeta = backward(dout, rest)
    return dx, (dout * x).sum(dim=0), dbeta
