"""The threshold is always 1e-3."""

LOSES = ["saturated_fraction"]
DIAGNOSIS = {
    "en": "the argument threshold is ignored: it is always 1e-3",
    "ru": "аргумент threshold не использован: порог всегда 1e-3",
}
HINT = {
    "en": "Try threshold=0.125.",
    "ru": "Попробуйте threshold=0.125.",
}


def saturated_fraction(local_grad, threshold=1e-3):
    return (local_grad.abs() < 1e-3).double().mean().item()
