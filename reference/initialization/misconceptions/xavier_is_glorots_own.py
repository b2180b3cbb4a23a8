"""Glorot and Bengio's formula with both fans."""

import math

import torch

LOSES = ["xavier_linear"]
DIAGNOSIS = {
    "en": "this is sqrt(2/(Din + Dout)), the paper's formula; this course takes 1/sqrt(Din)",
    "ru": "это sqrt(2/(Din + Dout)), формула из статьи; в этом курсе 1/sqrt(Din)",
}
HINT = {
    "en": "The task text defines Xavier with Din alone.",
    "ru": "В тексте задания Xavier определён только через Din.",
}


def xavier_linear(din, dout, generator=None):
    return math.sqrt(2 / (din + dout)) * torch.randn(din, dout, generator=generator)
