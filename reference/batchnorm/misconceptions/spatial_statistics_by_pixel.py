"""Mean and variance are taken over the batch alone, for each pixel."""

LOSES = [
    "spatial_batchnorm.forward",
    "spatial_batchnorm.forward.modes",
    "spatial_batchnorm.backward",
]
DIAGNOSIS = {
    "en": "every pixel has its own mean and variance: they are taken over N alone",
    "ru": "у каждого пикселя своё среднее и дисперсия: усреднение только по N",
}
HINT = {
    "en": "There are C means, not C·H·W.",
    "ru": "Средних C, а не C·H·W.",
}


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    wide = [one.reshape(-1, 1, 1).expand(x.shape[1:]) for one in (gamma, beta)]
    bn_param.update(widened(bn_param, x))
    return batchnorm_forward(x, *wide, bn_param)


def widened(bn_param, x):
    return {
        name: bn_param[name].reshape(-1, 1, 1).expand(x.shape[1:])
        for name in ("running_mean", "running_var")
    }


def spatial_batchnorm_backward(dout, cache):
    dx, dgamma, dbeta = batchnorm_backward(dout, cache)
    return dx, dgamma.sum(dim=(1, 2)), dbeta.sum(dim=(1, 2))
