"""Only the first and the last entry are compared."""

LOSES = ["weight_gradient_signs"]
DIAGNOSIS = {
    "en": "only the first and the last entry were compared",
    "ru": "сравнены лишь первый и последний элементы",
}
HINT = {
    "en": "What about the entries between?",
    "ru": "А элементы между ними?",
}


def weight_gradient_signs(x, upstream):
    gradient = upstream[:, None] * x
    return (gradient[:, 0] * gradient[:, -1] > 0).double().mean().item()
