"""Rows of the eigenvector matrix are taken."""

import torch

LOSES = ["fit_pca"]
DIAGNOSIS = {
    "en": "rows of the matrix of eigenvectors were taken; the eigenvectors are its columns",
    "ru": "взяты строки матрицы собственных векторов, а сами векторы — её столбцы",
}
HINT = {
    "en": "Multiply the covariance by your first component. Is it a multiple of it?",
    "ru": "Умножьте ковариацию на вашу первую компоненту. Получилась ли кратная ей?",
}


def fit_pca(x, k=None):
    mean = x.mean(dim=0)
    centred = x - mean
    eigenvalues, vectors = torch.linalg.eigh(centred.T @ centred / len(x))
    return mean, vectors.flip(1)[:k].clone(), eigenvalues.flip(0)[:k].clone()
