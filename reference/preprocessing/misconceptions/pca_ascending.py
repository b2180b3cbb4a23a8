"""The smallest eigenvalues come first, and are kept."""

import torch

LOSES = ["fit_pca"]
DIAGNOSIS = {
    "en": "the directions of smallest variance come first",
    "ru": "первыми идут направления с наименьшей дисперсией",
}
HINT = {
    "en": "In which order does eigh return?",
    "ru": "В каком порядке возвращает eigh?",
}


def fit_pca(x, k=None):
    mean = x.mean(dim=0)
    centred = x - mean
    eigenvalues, vectors = torch.linalg.eigh(centred.T @ centred / len(x))
    return mean, vectors.T[:k].clone(), eigenvalues[:k].clone()
