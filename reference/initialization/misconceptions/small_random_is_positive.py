"""Uniform noise from 0 to 1 instead of normal noise about zero."""

import torch

LOSES = ["small_random"]
DIAGNOSIS = {
    "en": "the noise is uniform between 0 and 1, so that its mean is not zero",
    "ru": "шум равномерный от 0 до 1, и его среднее не ноль",
}
HINT = {
    "en": "rand and randn are two distributions. Look at the mean of what you return.",
    "ru": "rand и randn — разные распределения. Посмотрите на среднее того, что вы возвращаете.",
}


def small_random(din, dout, std=0.01, generator=None):
    return std * torch.rand(din, dout, generator=generator)
