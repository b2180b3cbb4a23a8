"""The first-order estimate |gradient . delta| is returned."""

import torch

LOSES = ["loss_sensitivity"]
DIAGNOSIS = {
    "en": "this is the slope times delta; the change itself is asked, and delta is not small",
    "ru": "это наклон, умноженный на delta, а нужно само изменение: delta не мала",
}
HINT = {
    "en": "Compute the loss at both places.",
    "ru": "Посчитайте потери в обеих точках.",
}


def loss_sensitivity(x, y, w, delta):
    slope = -(torch.sigmoid(-y * (x @ w)) * y)[:, None] * x
    return (slope.mean(dim=0) @ delta).abs().item()
