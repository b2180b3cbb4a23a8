"""The sign of the product of the entries is taken."""

LOSES = ["weight_gradient_signs"]
DIAGNOSIS = {
    "en": "a positive product does not mean equal signs: two negative entries make it positive too",
    "ru": "положительное произведение не значит равных знаков: два минуса тоже дают плюс",
}
HINT = {
    "en": "Multiply (-1, -1, 1).",
    "ru": "Перемножьте (-1, -1, 1).",
}


def weight_gradient_signs(x, upstream):
    gradient = upstream[:, None] * x
    return (gradient.prod(dim=1) > 0).double().mean().item()
