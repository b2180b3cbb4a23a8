"""The old head is kept for the same number of classes."""

LOSES = ["replace_head"]
DIAGNOSIS = {
    "en": "the old head is kept where the number of classes is the same",
    "ru": "при том же числе классов осталась старая голова",
}
HINT = {
    "en": "Ten new classes are not the ten old ones.",
    "ru": "Десять новых классов — не десять прежних.",
}


_new_head = replace_head


def replace_head(model, num_classes, generator=None):
    if model.head.out_features == num_classes:
        return model
    return _new_head(model, num_classes, generator)
