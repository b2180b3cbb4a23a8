"""The components are scaled by their standard deviations."""

import torch

LOSES = ["fit_pca"]
DIAGNOSIS = {
    "en": "the components are as long as the data are wide; unit vectors are asked",
    "ru": "длина компонент равна разбросу данных, а нужны единичные векторы",
}
HINT = {
    "en": "What is components @ components.T?",
    "ru": "Чему равно components @ components.T?",
}


def fit_pca(x, k=None):
    mean = x.mean(dim=0)
    centred = x - mean
    eigenvalues, vectors = torch.linalg.eigh(centred.T @ centred / len(x))
    values = eigenvalues.flip(0)[:k].clamp(min=0)
    return mean, values.sqrt()[:, None] * vectors.flip(1).T[:k], values
