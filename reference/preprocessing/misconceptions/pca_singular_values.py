"""The singular values of the data are returned."""

import torch

LOSES = ["fit_pca.eigenvalues"]
DIAGNOSIS = {
    "en": "these are the singular values of the data; an eigenvalue is such a value squared, "
    "over N",
    "ru": "это сингулярные числа данных, а собственное значение — их квадрат, делённый на N",
}
HINT = {
    "en": "How does S of the SVD relate to the covariance?",
    "ru": "Как S из SVD связано с ковариацией?",
}


def fit_pca(x, k=None):
    mean = x.mean(dim=0)
    _, values, vectors = torch.linalg.svd(x - mean, full_matrices=False)
    return mean, vectors[:k].clone(), values[:k].clone()
