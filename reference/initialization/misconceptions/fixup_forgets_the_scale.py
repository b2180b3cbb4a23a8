"""Plain Kaiming weights."""

import math

import torch

LOSES = ["fixup"]
DIAGNOSIS = {
    "en": "the layers of a branch are not scaled down with the number of blocks",
    "ru": "слои ветви не уменьшены с ростом числа блоков",
}
HINT = {
    "en": "Each gets the factor L^(-1/(2m-2)).",
    "ru": "Каждый получает множитель L^(-1/(2m-2)).",
}


def fixup(num_blocks, dim, layers_per_block=2, generator=None):
    std = math.sqrt(2 / dim) * 1.0
    blocks = []
    for _ in range(num_blocks):
        blocks.append(
            [torch.randn(dim, dim, generator=generator) * std for _ in range(layers_per_block - 1)]
        )
        blocks[-1].append(torch.zeros(dim, dim))
    return blocks
