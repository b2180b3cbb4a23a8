"""All components are returned, whatever k."""

import torch

LOSES = ["fit_pca"]
DIAGNOSIS = {
    "en": "all components are returned, whatever k is",
    "ru": "возвращены все компоненты, каким бы ни было k",
}
HINT = {
    "en": "What does k = 2 change?",
    "ru": "Что меняет k = 2?",
}


def fit_pca(x, k=None):
    mean = x.mean(dim=0)
    centred = x - mean
    eigenvalues, vectors = torch.linalg.eigh(centred.T @ centred / len(x))
    return mean, vectors.flip(1).T.clone(), eigenvalues.flip(0).clamp(min=0)
