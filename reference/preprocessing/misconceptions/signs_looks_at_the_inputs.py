"""Only examples with positive inputs count."""

LOSES = ["weight_gradient_signs"]
DIAGNOSIS = {
    "en": "only examples with all inputs positive were counted; all negative inputs give one "
    "sign too",
    "ru": "посчитаны лишь примеры с положительными входами, но и все отрицательные дают один знак",
}
HINT = {
    "en": "What does the gradient look like when all inputs are negative?",
    "ru": "Каков градиент, если все входы отрицательны?",
}


def weight_gradient_signs(x, upstream):
    return (x > 0).all(dim=1).double().mean().item()
