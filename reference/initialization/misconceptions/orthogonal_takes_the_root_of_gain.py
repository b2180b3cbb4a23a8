"""The gain is applied to W.T @ W."""

import math

import torch

LOSES = ["orthogonal"]
DIAGNOSIS = {
    "en": "the matrix is multiplied by the root of gain",
    "ru": "матрица умножена на корень из gain",
}
HINT = {
    "en": "gain multiplies W; W.T @ W gets gain².",
    "ru": "На gain умножается W, и W.T @ W получает gain².",
}


def orthogonal(din, dout, gain=1.0, generator=None):
    q, _ = torch.linalg.qr(torch.randn(max(din, dout), min(din, dout), generator=generator))
    return math.sqrt(gain) * (q if din >= dout else q.T)
