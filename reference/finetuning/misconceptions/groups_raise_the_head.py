"""The features learn at lr and the head ten times as fast."""

LOSES = ["parameter_groups"]
DIAGNOSIS = {
    "en": "the features learn at lr and the head at 10 lr",
    "ru": "признаки учатся с шагом lr, а голова — 10 lr",
}
HINT = {
    "en": "lr is the head's; a tenth of it is for what was pretrained.",
    "ru": "lr — для головы; предобученному — десятая часть.",
}


_groups = parameter_groups


def parameter_groups(model, lr):
    return _groups(model, 10 * lr)
