"""The mean is that of the centred data."""

import torch

LOSES = ["fit_pca"]
DIAGNOSIS = {
    "en": "the mean returned is that of the centred data: zero",
    "ru": "возвращено среднее уже центрированных данных: ноль",
}
HINT = {
    "en": "What will be subtracted from new data?",
    "ru": "Что будет вычитаться из новых данных?",
}


def fit_pca(x, k=None):
    x = x - x.mean(dim=0)
    eigenvalues, vectors = torch.linalg.eigh(x.T @ x / len(x))
    kept = eigenvalues.flip(0)[:k].clamp(min=0)
    return x.mean(dim=0), vectors.flip(1).T[:k].clone(), kept
