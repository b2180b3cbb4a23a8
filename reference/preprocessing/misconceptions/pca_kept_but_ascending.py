"""The largest are kept, and stand in ascending order."""

import torch

LOSES = ["fit_pca"]
DIAGNOSIS = {
    "en": "the right directions are kept, but in ascending order of variance",
    "ru": "оставлены нужные направления, но по возрастанию дисперсии",
}
HINT = {
    "en": "Largest variance first: is that what comes out?",
    "ru": "Наибольшая дисперсия — первой: так ли у вас?",
}


def fit_pca(x, k=None):
    mean = x.mean(dim=0)
    centred = x - mean
    eigenvalues, vectors = torch.linalg.eigh(centred.T @ centred / len(x))
    first = 0 if k is None else len(eigenvalues) - k
    return mean, vectors.T[first:].clone(), eigenvalues[first:].clone()
