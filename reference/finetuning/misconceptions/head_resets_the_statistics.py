"""The batchnorm statistics are reset with the head."""

LOSES = ["replace_head"]
DIAGNOSIS = {
    "en": "the running statistics of the features were reset",
    "ru": "статистики признаков сброшены",
}
HINT = {
    "en": "Whose statistics are they: the features' or the head's?",
    "ru": "Чьи это статистики: признаков или головы?",
}


_new_head = replace_head


def replace_head(model, num_classes, generator=None):
    model = _new_head(model, num_classes, generator)
    for norm in norms_in(model):
        norm.reset_running_stats()
    return model
