"""z * (1 - z) is taken with the pre-activation."""

LOSES = ["weight_gradient"]
DIAGNOSIS = {
    "en": "in s * (1 - s) the pre-activation w.x + b stands where the output should",
    "ru": "в s * (1 - s) вместо выхода стоит сумма w.x + b до активации",
}
HINT = {
    "en": "Apply the sigmoid first.",
    "ru": "Сначала примените сигмоиду.",
}


def weight_gradient(x, upstream, w, b):
    z = w @ x + b
    return upstream * z * (1 - z) * x
