"""The largest weights, not the largest magnitudes."""

import torch

LOSES = ["lottery_ticket"]
DIAGNOSIS = {
    "en": "large negative weights are pruned: the sign takes part in the comparison",
    "ru": "большие отрицательные веса удалены: в сравнении участвует знак",
}
HINT = {
    "en": "Magnitude is the absolute value.",
    "ru": "Величина — это модуль.",
}


def lottery_ticket(initial, trained, keep):
    magnitudes = torch.cat([w.flatten() for w in trained])
    least = magnitudes.topk(round(keep * magnitudes.numel())).values.min()
    masks = [(w >= least).to(w.dtype) for w in trained]
    return masks, [mask * w for mask, w in zip(masks, initial, strict=True)]
