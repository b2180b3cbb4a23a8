"""Margins are clipped to +-30 before the exponential."""

import torch

LOSES = ["loss_sensitivity.stable"]
DIAGNOSIS = {
    "en": "margins are clipped, so that large losses no longer change",
    "ru": "отступы обрезаны, и большие потери перестали меняться",
}
HINT = {
    "en": "For a margin of -800 the loss is 800. Is yours?",
    "ru": "При отступе -800 потери равны 800. А у вас?",
}


def loss_sensitivity(x, y, w, delta):
    def loss(weights):
        return torch.log(1 + torch.exp((-y * (x @ weights)).clamp(-30, 30))).mean()

    return (loss(w + delta) - loss(w)).abs().item()
