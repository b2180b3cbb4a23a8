"""The gradient takes the denominator for a constant."""

LOSES = ["damp.backward"]
DIAGNOSIS = {
    "en": "Your gradient takes 1 + strength · x² for a constant.",
    "ru": "В градиенте 1 + strength · x² принято за константу.",
}
HINT = {
    "en": "The denominator depends on x too: use the quotient rule.",
    "ru": "Знаменатель тоже зависит от x: примените правило дифференцирования частного.",
}


def damp_backward(dout, cache):
    x, strength = cache
    return dout / (1 + strength * x * x)
