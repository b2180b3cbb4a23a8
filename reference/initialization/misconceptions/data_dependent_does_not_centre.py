"""The biases stay zero."""

import torch

LOSES = ["data_dependent"]
DIAGNOSIS = {
    "en": "the units are scaled but not centred: the biases are zero",
    "ru": "нейроны отмасштабированы, но не центрированы: смещения нулевые",
}
HINT = {
    "en": "What is the mean of each unit's pre-activation on the batch now?",
    "ru": "Чему теперь равно среднее преактивации каждого нейрона на батче?",
}


def data_dependent(x, weights):
    scaled, biases = [], []
    for w in weights:
        z = x @ w
        std = z.std(dim=0, correction=0)
        scaled.append(w / std)
        biases.append(torch.zeros_like(std))
        x = (x @ scaled[-1]).clamp(min=0)
    return scaled, biases
