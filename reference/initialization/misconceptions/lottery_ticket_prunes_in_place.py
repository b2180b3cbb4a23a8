"""The initial weights are pruned in place."""

import torch

LOSES = ["lottery_ticket"]
NAMED = False
DIAGNOSIS = {
    "en": "the initial weights that were given are changed in place",
    "ru": "данные начальные веса изменены на месте",
}
HINT = {
    "en": "mask * w makes a new tensor, w *= mask writes into the old one.",
    "ru": "mask * w создаёт новый тензор, w *= mask пишет в старый.",
}


def lottery_ticket(initial, trained, keep):
    magnitudes = torch.cat([w.abs().flatten() for w in trained])
    least = magnitudes.topk(round(keep * magnitudes.numel())).values.min()
    masks = [(w.abs() >= least).to(w.dtype) for w in trained]
    for mask, w in zip(masks, initial, strict=True):
        w *= mask
    return masks, initial
