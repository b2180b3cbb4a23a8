"""Columns are normalised: that is batchnorm."""

LOSES = ["layernorm.forward", "layernorm.backward"]
DIAGNOSIS = {
    "en": "columns are normalised instead of rows: that is batchnorm",
    "ru": "нормированы столбцы, а не строки: это batchnorm",
}
HINT = {
    "en": "One example at a time.",
    "ru": "По одному примеру.",
}


def layernorm_forward(x, gamma, beta, ln_param):
    normal, std = normalise_rows(x.T, ln_param.get("eps", 1e-5))
    return gamma * normal.T + beta, (normal, std, gamma)


def layernorm_backward(dout, cache):
    normal, std, gamma = cache
    dx = normalise_rows_backward((dout * gamma).T, normal, std).T
    return dx, (dout * normal.T).sum(dim=0), dout.sum(dim=0)
