"""The last layer of a branch is not zero."""

import math

import torch

LOSES = ["fixup"]
DIAGNOSIS = {
    "en": "the last layer of each block is random; it must be zero",
    "ru": "последний слой каждого блока случайный, а должен быть нулевым",
}
HINT = {
    "en": "At the start a block should pass its input on.",
    "ru": "В начале блок должен просто пропускать свой вход.",
}


def fixup(num_blocks, dim, layers_per_block=2, generator=None):
    std = math.sqrt(2 / dim) * num_blocks ** (-1 / (2 * layers_per_block - 2))
    blocks = []
    for _ in range(num_blocks):
        blocks.append(
            [torch.randn(dim, dim, generator=generator) * std for _ in range(layers_per_block - 1)]
        )
        blocks[-1].append(std * torch.randn(dim, dim, generator=generator))
    return blocks
