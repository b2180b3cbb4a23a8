"""The sign of the local gradient is not dropped before comparing."""

LOSES = ["saturated_fraction"]
DIAGNOSIS = {
    "en": "negative entries are below the threshold whatever their size: the absolute value is missing",
    "ru": "отрицательные элементы ниже порога при любой величине: потерян модуль",
}
HINT = {
    "en": "Compare |local_grad| with the threshold.",
    "ru": "Сравнивайте с порогом |local_grad|.",
}


def saturated_fraction(local_grad, threshold=1e-3):
    return (local_grad < threshold).double().mean().item()
