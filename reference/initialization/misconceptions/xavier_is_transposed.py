"""The weights come as (Dout, Din), as nn.Linear has them."""

import math

import torch

LOSES = ["xavier_linear"]
DIAGNOSIS = {
    "en": "the matrix is (Dout, Din), as nn.Linear keeps it; (Din, Dout) is asked",
    "ru": "матрица имеет форму (Dout, Din), как у nn.Linear, а нужна (Din, Dout)",
}
HINT = {
    "en": "The weights are used as x @ W.",
    "ru": "Веса используются как x @ W.",
}


def xavier_linear(din, dout, generator=None):
    return torch.randn(dout, din, generator=generator) / math.sqrt(din)
