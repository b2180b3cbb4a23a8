"""The covariance is taken about zero."""

import torch

LOSES = ["fit_pca"]
DIAGNOSIS = {
    "en": "the data were not centred: the first component points at the mean",
    "ru": "данные не центрированы: первая компонента указывает на среднее",
}
HINT = {
    "en": "Covariance is about the mean. What does your first component point at?",
    "ru": "Ковариация берётся около среднего. Куда указывает ваша первая компонента?",
}


def fit_pca(x, k=None):
    eigenvalues, vectors = torch.linalg.eigh(x.T @ x / len(x))
    return x.mean(dim=0), vectors.flip(1).T[:k].clone(), eigenvalues.flip(0)[:k].clone()
