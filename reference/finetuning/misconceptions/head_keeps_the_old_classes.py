"""The new head has as many outputs as the old one."""

LOSES = ["replace_head"]
DIAGNOSIS = {
    "en": "the new head still has the old number of classes",
    "ru": "у новой головы прежнее число классов",
}
HINT = {
    "en": "How many classes does the new task have?",
    "ru": "Сколько классов в новой задаче?",
}


_new_head = replace_head


def replace_head(model, num_classes, generator=None):
    return _new_head(model, model.head.out_features, generator)
