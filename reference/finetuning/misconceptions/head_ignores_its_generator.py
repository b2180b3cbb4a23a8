"""The head is drawn from the global generator."""

LOSES = ["replace_head.generator"]
DIAGNOSIS = {
    "en": "the head does not follow from the generator that was given",
    "ru": "голова не определяется переданным генератором",
}
HINT = {
    "en": "Hand the generator on to whatever draws the numbers.",
    "ru": "Передайте generator тому, кто берёт случайные числа.",
}


_new_head = replace_head


def replace_head(model, num_classes, generator=None):
    return _new_head(model, num_classes)
