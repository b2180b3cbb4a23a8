"""Normal numbers of the right size instead of an orthogonal matrix."""

import math

import torch

LOSES = ["orthogonal"]
NAMED = False
DIAGNOSIS = {
    "en": "the matrix is random but not orthogonal: its columns only nearly have length 1",
    "ru": "матрица случайна, но не ортогональна: её столбцы лишь почти единичной длины",
}
HINT = {
    "en": "Which decompositions of a matrix have an orthogonal factor?",
    "ru": "В каких разложениях матрицы есть ортогональный множитель?",
}


def orthogonal(din, dout, gain=1.0, generator=None):
    return gain * torch.randn(din, dout, generator=generator) / math.sqrt(max(din, dout))
