"""All batchnorm layers are put into eval mode."""

LOSES = ["freeze.batchnorm"]
DIAGNOSIS = {
    "en": "batchnorm layers that train are in eval mode too",
    "ru": "в eval и те слои batchnorm, которые обучаются",
}
HINT = {
    "en": "Only what is frozen stands still.",
    "ru": "Стоит на месте только замороженное.",
}


_freeze = freeze


def freeze(model, until):
    _freeze(model, until)
    for norm in norms_in(model):
        norm.eval()
