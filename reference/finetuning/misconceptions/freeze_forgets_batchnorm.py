"""Frozen batchnorm layers stay in train mode."""

LOSES = ["freeze.batchnorm"]
DIAGNOSIS = {
    "en": "frozen batchnorm layers still update their running statistics",
    "ru": "замороженный batchnorm всё ещё обновляет статистики",
}
HINT = {
    "en": "requires_grad does not stop buffers. Which mode does?",
    "ru": "requires_grad не трогает буферы. Какой режим их останавливает?",
}


_freeze = freeze


def freeze(model, until):
    _freeze(model, until)
    for norm in norms_in(model):
        norm.train()
