"""The initial magnitudes decide."""

import torch

LOSES = ["lottery_ticket"]
DIAGNOSIS = {
    "en": "the initial magnitudes decide; the trained ones should",
    "ru": "решают начальные величины, а должны обученные",
}
HINT = {
    "en": "Which weights training has made large?",
    "ru": "Какие веса обучение сделало большими?",
}


def lottery_ticket(initial, trained, keep):
    magnitudes = torch.cat([w.abs().flatten() for w in initial])
    least = magnitudes.topk(round(keep * magnitudes.numel())).values.min()
    masks = [(w.abs() >= least).to(w.dtype) for w in initial]
    return masks, [mask * w for mask, w in zip(masks, initial, strict=True)]
