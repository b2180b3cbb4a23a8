"""keep is taken for the share that is pruned."""

import torch

LOSES = ["lottery_ticket"]
DIAGNOSIS = {
    "en": "the smallest weights are kept and the largest pruned",
    "ru": "оставлены наименьшие веса, а удалены наибольшие",
}
HINT = {
    "en": "keep is the share that stays.",
    "ru": "keep — доля того, что остаётся.",
}


def lottery_ticket(initial, trained, keep):
    magnitudes = torch.cat([w.abs().flatten() for w in trained])
    most = (-magnitudes).topk(round(keep * magnitudes.numel())).values.min()
    masks = [(-w.abs() >= most).to(w.dtype) for w in trained]
    return masks, [mask * w for mask, w in zip(masks, initial, strict=True)]
