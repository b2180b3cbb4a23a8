"""One mean for all columns is subtracted and returned."""

import torch

LOSES = ["fit_pca"]
DIAGNOSIS = {
    "en": "one mean was taken over all columns; each column has its own",
    "ru": "взято одно среднее по всем столбцам, а у каждого столбца оно своё",
}
HINT = {
    "en": "Over which axis is the mean taken?",
    "ru": "По какой оси берётся среднее?",
}


def fit_pca(x, k=None):
    mean = x.mean().expand(x.shape[1]).clone()
    centred = x - mean
    eigenvalues, vectors = torch.linalg.eigh(centred.T @ centred / len(x))
    return mean, vectors.flip(1).T[:k].clone(), eigenvalues.flip(0)[:k].clamp(min=0)
