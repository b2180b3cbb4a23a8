"""log(1 + exp(.)) is written as it stands."""

import torch

LOSES = ["loss_sensitivity.stable"]
DIAGNOSIS = {
    "en": "exp overflows for margins of -800, and infinity minus infinity is NaN",
    "ru": "exp переполняется при отступах -800, а бесконечность минус бесконечность — NaN",
}
HINT = {
    "en": "Look for softplus, logaddexp, or a formula that takes exp of negative numbers only.",
    "ru": "Посмотрите на softplus, logaddexp или на формулу, где exp берётся лишь от "
    "отрицательных.",
}


def loss_sensitivity(x, y, w, delta):
    def loss(weights):
        return torch.log(1 + torch.exp(-y * (x @ weights))).mean()

    return (loss(w + delta) - loss(w)).abs().item()
