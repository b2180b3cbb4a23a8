"""The sign of the local gradient is not dropped before comparing."""

LOSES = ["saturated_fraction"]
DIAGNOSIS = {
    "en": "every negative entry is counted as below the threshold: the absolute value is missing",
    "ru": "любой отрицательный элемент засчитан как лежащий ниже порога: потерян модуль",
}
HINT = {
    "en": "Compare |local_grad| with the threshold.",
    "ru": "Сравнивайте с порогом |local_grad|.",
}


def saturated_fraction(local_grad, threshold=1e-3):
    return (local_grad < threshold).double().mean().item()
