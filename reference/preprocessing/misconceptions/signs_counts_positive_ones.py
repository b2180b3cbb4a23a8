"""Only gradients that are positive throughout count."""

LOSES = ["weight_gradient_signs"]
DIAGNOSIS = {
    "en": "only gradients that are positive in all entries were counted; all negative is one "
    "sign too",
    "ru": "посчитаны лишь градиенты, положительные во всех элементах, но и все отрицательные — "
    "один знак",
}
HINT = {
    "en": "What about a negative upstream gradient?",
    "ru": "А если входящий градиент отрицателен?",
}


def weight_gradient_signs(x, upstream):
    return (upstream[:, None] * x > 0).all(dim=1).double().mean().item()
