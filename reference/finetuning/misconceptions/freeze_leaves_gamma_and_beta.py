"""The parameters of frozen batchnorm layers still train."""

LOSES = ["freeze"]
DIAGNOSIS = {
    "en": "batchnorm is in eval mode, but its gamma and beta still train",
    "ru": "batchnorm в eval, но его gamma и beta обучаются",
}
HINT = {
    "en": "eval() stops the statistics. What stops the parameters?",
    "ru": "eval() останавливает статистики. Что останавливает параметры?",
}


_freeze = freeze


def freeze(model, until):
    _freeze(model, until)
    for norm in norms_in(model):
        norm.requires_grad_(True)
