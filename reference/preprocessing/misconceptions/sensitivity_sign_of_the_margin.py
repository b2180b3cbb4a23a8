"""The exponent has the wrong sign."""

from torch.nn.functional import softplus

LOSES = ["loss_sensitivity"]
DIAGNOSIS = {
    "en": "the sign of the exponent is wrong: examples that are right by a wide margin cost most",
    "ru": "перепутан знак в экспоненте: дороже всего стоят уверенно верные примеры",
}
HINT = {
    "en": "What is the loss at a large positive margin?",
    "ru": "Каковы потери при большом положительном отступе?",
}


def loss_sensitivity(x, y, w, delta):
    return (softplus(y * (x @ (w + delta))).mean() - softplus(y * (x @ w)).mean()).abs().item()
