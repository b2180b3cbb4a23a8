"""Entries equal to the threshold are counted."""

LOSES = ["saturated_fraction"]
DIAGNOSIS = {
    "en": "entries equal to the threshold are counted: the comparison is strict",
    "ru": "учтены элементы, равные порогу, а сравнение строгое",
}
HINT = {
    "en": "Strictly below: < and not <=.",
    "ru": "Строго ниже: <, а не <=.",
}


def saturated_fraction(local_grad, threshold=1e-3):
    return (local_grad.abs() <= threshold).double().mean().item()
