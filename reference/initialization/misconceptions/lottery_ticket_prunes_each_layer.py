"""Each layer keeps the same share."""

LOSES = ["lottery_ticket"]
DIAGNOSIS = {
    "en": "each layer keeps the same share; here magnitudes are compared over all layers",
    "ru": (
        "каждый слой сохраняет одну и ту же долю, а здесь величины сравниваются по всем слоям сразу"
    ),
}
HINT = {
    "en": "One threshold for the whole network.",
    "ru": "Один порог на всю сеть.",
}


def lottery_ticket(initial, trained, keep):
    masks = []
    for w in trained:
        least = w.abs().flatten().topk(round(keep * w.numel())).values.min()
        masks.append((w.abs() >= least).to(w.dtype))
    return masks, [mask * w for mask, w in zip(masks, initial, strict=True)]
