"""The output forgets the strength; the gradient is right for it, so only the forward is lost."""

LOSES = ["damp.forward"]
DIAGNOSIS = {
    "en": "Your output does not depend on strength.",
    "ru": "Выход не зависит от strength.",
}
HINT = {
    "en": "Compare damp_forward(x, 0.5) with damp_forward(x, 2.0): should they be equal?",
    "ru": "Сравните damp_forward(x, 0.5) и damp_forward(x, 2.0): должны ли они совпадать?",
}


def damp_forward(x, strength):
    return x / (1 + x * x), (x.clone(), 1.0)
