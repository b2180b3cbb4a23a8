"""The labels are not used."""

from torch.nn.functional import softplus

LOSES = ["loss_sensitivity"]
DIAGNOSIS = {
    "en": "y is not used: every example counts as positive",
    "ru": "y не используется: все примеры считаются положительными",
}
HINT = {
    "en": "What changes when all labels are flipped?",
    "ru": "Что изменится, если перевернуть все метки?",
}


def loss_sensitivity(x, y, w, delta):
    return (softplus(-(x @ (w + delta))).mean() - softplus(-(x @ w)).mean()).abs().item()
