"""A uniform distribution of the right spread."""

import math

import torch

LOSES = ["small_random"]
DIAGNOSIS = {
    "en": (
        "mean and spread are right, but the distribution is uniform; the normal one is asked here"
    ),
    "ru": "среднее и разброс верны, но распределение равномерное, а здесь нужно нормальное",
}
HINT = {
    "en": "This one function asks for N(0, std²).",
    "ru": "Именно эта функция просит N(0, std²).",
}


def small_random(din, dout, std=0.01, generator=None):
    return math.sqrt(3) * std * (2 * torch.rand(din, dout, generator=generator) - 1)
