"""The roots of the eigenvalues are returned."""

import torch

LOSES = ["fit_pca.eigenvalues"]
DIAGNOSIS = {
    "en": "these are standard deviations along the components; the variances are asked",
    "ru": "это СКО вдоль компонент, а нужны дисперсии",
}
HINT = {
    "en": "What is the sum of the eigenvalues? Compare it with the sum of the columns' variances.",
    "ru": "Чему равна сумма собственных значений? Сравните с суммой дисперсий столбцов.",
}


def fit_pca(x, k=None):
    mean = x.mean(dim=0)
    _, values, vectors = torch.linalg.svd(x - mean, full_matrices=False)
    return mean, vectors[:k].clone(), values[:k] / len(x) ** 0.5
