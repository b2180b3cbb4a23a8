"""The gain is left out."""

import torch

LOSES = ["orthogonal"]
DIAGNOSIS = {
    "en": "the gain is ignored",
    "ru": "gain не используется",
}
HINT = {
    "en": "Multiply the matrix by gain.",
    "ru": "Умножьте матрицу на gain.",
}


def orthogonal(din, dout, gain=1.0, generator=None):
    q, _ = torch.linalg.qr(torch.randn(max(din, dout), min(din, dout), generator=generator))
    return q if din >= dout else q.T
