"""The number of entries is returned instead of their share."""

LOSES = ["saturated_fraction"]
DIAGNOSIS = {
    "en": "this is the number of saturated entries; their share is asked",
    "ru": "это число насыщенных элементов, а спрашивается доля",
}
HINT = {
    "en": "Divide by the number of all entries.",
    "ru": "Поделите на число всех элементов.",
}


def saturated_fraction(local_grad, threshold=1e-3):
    return float((local_grad.abs() < threshold).sum())
