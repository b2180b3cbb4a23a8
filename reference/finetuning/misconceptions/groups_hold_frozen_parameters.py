"""Frozen parameters are in a group too."""

LOSES = ["parameter_groups"]
DIAGNOSIS = {
    "en": "frozen parameters were handed to the optimizer",
    "ru": "замороженные параметры переданы оптимизатору",
}
HINT = {
    "en": "Filter by requires_grad.",
    "ru": "Отберите по requires_grad.",
}


def parameter_groups(model, lr):
    return [
        {"params": list(model.head.parameters()), "lr": lr},
        {"params": list(model.features.parameters()), "lr": lr / 10},
    ]
