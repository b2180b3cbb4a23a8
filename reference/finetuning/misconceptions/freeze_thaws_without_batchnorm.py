"""A second call thaws parameters and leaves batchnorm in eval mode."""

LOSES = ["freeze.thaw"]
DIAGNOSIS = {
    "en": "thawed batchnorm layers stay in eval mode",
    "ru": "оттаявшие слои batchnorm остались в eval",
}
HINT = {
    "en": "What did freezing change besides requires_grad?",
    "ru": "Что заморозка меняла, кроме requires_grad?",
}


_freeze = freeze


def freeze(model, until):
    sleeping = [norm for norm in norms_in(model) if not norm.training]
    _freeze(model, until)
    for norm in sleeping:
        norm.eval()
