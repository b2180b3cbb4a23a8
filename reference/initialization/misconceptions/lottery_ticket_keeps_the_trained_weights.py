"""The trained weights are kept instead of the initial ones."""

import torch

LOSES = ["lottery_ticket"]
DIAGNOSIS = {
    "en": "the kept weights have their trained values; the ticket is rewound to the initial ones",
    "ru": "у оставшихся весов обученные значения, а билет возвращается к начальным",
}
HINT = {
    "en": "Rewind what is kept: mask * initial.",
    "ru": "Верните оставшиеся веса к начальным: mask * initial.",
}


def lottery_ticket(initial, trained, keep):
    magnitudes = torch.cat([w.abs().flatten() for w in trained])
    least = magnitudes.topk(round(keep * magnitudes.numel())).values.min()
    masks = [(w.abs() >= least).to(w.dtype) for w in trained]
    return masks, [mask * w for mask, w in zip(masks, trained, strict=True)]
