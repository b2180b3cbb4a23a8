"""The head learns at lr / 10 and the features at lr."""

LOSES = ["parameter_groups"]
DIAGNOSIS = {
    "en": "the rates are swapped: the head is the slow one",
    "ru": "шаги перепутаны: медленно учится голова",
}
HINT = {
    "en": "Which part is new?",
    "ru": "Какая часть новая?",
}


def parameter_groups(model, lr):
    head = [parameter for parameter in model.head.parameters() if parameter.requires_grad]
    rest = [parameter for parameter in model.features.parameters() if parameter.requires_grad]
    groups = [{"params": head, "lr": lr / 10}, {"params": rest, "lr": lr}]
    return [group for group in groups if group["params"]]
