"""gamma is applied to dx after the means were taken."""

LOSES = ["layernorm.backward"]
DIAGNOSIS = {
    "en": "gamma is applied to dx at the end, after the means over the features were taken",
    "ru": "gamma применена к dx в конце, после средних по признакам",
}
HINT = {
    "en": "Here gamma differs within what is averaged, so it cannot be pulled out.",
    "ru": "Здесь gamma разная внутри усреднения, вынести её нельзя.",
}


def layernorm_backward(dout, cache):
    normal, std, gamma = cache
    dx = normalise_rows_backward(dout, normal, std) * gamma
    return dx, (dout * normal).sum(dim=0), dout.sum(dim=0)
