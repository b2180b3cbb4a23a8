"""Features and head learn at the same rate."""

LOSES = ["parameter_groups"]
DIAGNOSIS = {
    "en": "the features learn at lr, not at lr / 10",
    "ru": "признаки учатся с шагом lr, а не lr / 10",
}
HINT = {
    "en": "Which of the two has already learned something?",
    "ru": "Кто из двоих уже чему-то научился?",
}


def parameter_groups(model, lr):
    return [{"params": [p for p in model.parameters() if p.requires_grad], "lr": lr}]
