"""Channel c belongs to group c % groups."""

LOSES = ["groupnorm.forward"]
DIAGNOSIS = {
    "en": "channels are dealt to the groups in turn: channel c goes to group c % groups",
    "ru": "каналы розданы группам по очереди: канал c попал в группу c % groups",
}
HINT = {
    "en": "The first C / groups channels are the first group.",
    "ru": "Первые C / groups каналов — это первая группа.",
}


def dealt(x, groups):
    n, c, h, w = x.shape
    return x.reshape(n, c // groups, groups, h, w).transpose(1, 2).reshape(x.shape)


def groupnorm_forward(x, gamma, beta, groups, gn_param):
    ones, zeros = gamma / gamma, beta * 0
    eps = gn_param.get("eps", 1e-5)
    out, cache = image_forward(dealt(x, groups), ones, zeros, eps, x.shape[0] * groups)
    normal = dealt(out, x.shape[1] // groups)
    return by_channel(gamma) * normal + by_channel(beta), (*cache, normal, gamma, groups)


def groupnorm_backward(dout, cache):
    *inner, normal, gamma, groups = cache
    dnormal = dealt(dout * by_channel(gamma), groups)
    dx = dealt(image_backward(dnormal, inner)[0], dout.shape[1] // groups)
    return dx, (dout * normal).sum(dim=(0, 2, 3)), dout.sum(dim=(0, 2, 3))
