"""The child that is named is frozen too."""

LOSES = ["freeze"]
DIAGNOSIS = {
    "en": "`until` itself is frozen as well",
    "ru": "сам until тоже заморожен",
}
HINT = {
    "en": "The child that is named is the first that trains.",
    "ru": "Названный блок — первый, который обучается.",
}


_freeze = freeze


def freeze(model, until):
    names = [f"features.{name}" for name, _ in model.features.named_children()] + ["head", ""]
    later = names[names.index(until) + 1]
    _freeze(model, later)
