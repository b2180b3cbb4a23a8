"""The number of such examples is returned."""

LOSES = ["weight_gradient_signs"]
DIAGNOSIS = {
    "en": "this is a count; the share is asked",
    "ru": "это количество, а нужна доля",
}
HINT = {
    "en": "It must lie between 0 and 1.",
    "ru": "Ответ лежит между 0 и 1.",
}


def weight_gradient_signs(x, upstream):
    positive = upstream[:, None] * x > 0
    return float((positive.all(dim=1) | ~positive.any(dim=1)).sum())
