"""The head is frozen together with the features."""

LOSES = ["freeze"]
DIAGNOSIS = {
    "en": "the head is frozen as well, so that nothing new is learned",
    "ru": "голова тоже заморожена, учиться нечему",
}
HINT = {
    "en": "Which part of the network knows nothing of the new task yet?",
    "ru": "Какая часть сети ещё ничего не знает о новой задаче?",
}


_freeze = freeze


def freeze(model, until):
    _freeze(model, until)
    model.head.requires_grad_(False)
