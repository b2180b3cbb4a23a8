"""dgamma and dbeta are summed over the features."""

LOSES = ["layernorm.backward"]
DIAGNOSIS = {
    "en": "dgamma and dbeta are summed over the features, one for each example",
    "ru": "dgamma и dbeta просуммированы по признакам, а не по примерам",
}
HINT = {
    "en": "dgamma has the shape of gamma: (D,).",
    "ru": "Форма dgamma — как у gamma: (D,).",
}


def layernorm_backward(dout, cache):
    normal, std, gamma = cache
    dx = normalise_rows_backward(dout * gamma, normal, std)
    return dx, (dout * normal).sum(dim=1), dout.sum(dim=1)
