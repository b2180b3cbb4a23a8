"""The scatter matrix is not divided by N."""

import torch

LOSES = ["fit_pca.eigenvalues"]
DIAGNOSIS = {
    "en": "the eigenvalues are those of the scatter matrix: N times too large",
    "ru": "собственные значения взяты у матрицы рассеяния: они в N раз больше",
}
HINT = {
    "en": "Covariance is a mean. Where is the division?",
    "ru": "Ковариация — это среднее. Где деление?",
}


def fit_pca(x, k=None):
    mean = x.mean(dim=0)
    centred = x - mean
    eigenvalues, vectors = torch.linalg.eigh(centred.T @ centred)
    return mean, vectors.flip(1).T[:k].clone(), eigenvalues.flip(0)[:k].clamp(min=0)
