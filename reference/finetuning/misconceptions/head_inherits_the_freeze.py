"""The new head is frozen where the old one was."""

LOSES = ["replace_head"]
DIAGNOSIS = {
    "en": "the new head took over requires_grad = False from the old one",
    "ru": "новая голова унаследовала requires_grad = False от старой",
}
HINT = {
    "en": "A new head has everything to learn.",
    "ru": "Новой голове учиться всему.",
}


_new_head = replace_head


def replace_head(model, num_classes, generator=None):
    trains = model.head.weight.requires_grad
    model = _new_head(model, num_classes, generator)
    for parameter in model.head.parameters():
        parameter.requires_grad_(trains)
    return model
