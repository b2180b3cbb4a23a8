"""The components stand in columns."""

import torch

LOSES = ["fit_pca"]
DIAGNOSIS = {
    "en": "the components stand in columns, (D, k); (k, D) is asked",
    "ru": "компоненты стоят столбцами, (D, k), а нужно (k, D)",
}
HINT = {
    "en": "What shape should the components have?",
    "ru": "Какой формы должны быть компоненты?",
}


def fit_pca(x, k=None):
    mean = x.mean(dim=0)
    centred = x - mean
    eigenvalues, vectors = torch.linalg.eigh(centred.T @ centred / len(x))
    return mean, vectors.flip(1)[:, :k].clone(), eigenvalues.flip(0)[:k].clone()
