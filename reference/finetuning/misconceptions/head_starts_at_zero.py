"""The weights of the new head are zeros."""

LOSES = ["replace_head"]
DIAGNOSIS = {
    "en": "the weights of the new head are all zero",
    "ru": "веса новой головы — нули",
}
HINT = {
    "en": "What gradient do the features get through a weight of zeros?",
    "ru": "Какой градиент дойдёт до признаков через нулевой вес?",
}


_new_head = replace_head


def replace_head(model, num_classes, generator=None):
    model = _new_head(model, num_classes, generator)
    nn.init.zeros_(model.head.weight)
    return model
