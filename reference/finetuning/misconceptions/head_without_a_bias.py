"""The new head has no bias."""

LOSES = ["replace_head"]
DIAGNOSIS = {
    "en": "the new head has no bias",
    "ru": "у новой головы нет смещения",
}
HINT = {
    "en": "Compare its parameters with those of the old head.",
    "ru": "Сравните её параметры с параметрами старой.",
}


_new_head = replace_head


def replace_head(model, num_classes, generator=None):
    model = _new_head(model, num_classes, generator)
    model.head.bias = None
    return model
