"""The exponent -1/(2m)."""

import math

import torch

LOSES = ["fixup"]
DIAGNOSIS = {
    "en": "the exponent is -1/(2m); one layer is zero, so the others share it: -1/(2m-2)",
    "ru": "показатель -1/(2m), но один слой нулевой, и делят его остальные: -1/(2m-2)",
}
HINT = {
    "en": "Count the layers that are not zero.",
    "ru": "Посчитайте ненулевые слои.",
}


def fixup(num_blocks, dim, layers_per_block=2, generator=None):
    std = math.sqrt(2 / dim) * num_blocks ** (-1 / (2 * layers_per_block))
    blocks = []
    for _ in range(num_blocks):
        blocks.append(
            [torch.randn(dim, dim, generator=generator) * std for _ in range(layers_per_block - 1)]
        )
        blocks[-1].append(torch.zeros(dim, dim))
    return blocks
