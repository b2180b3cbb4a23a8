"""The columns are scaled to unit variance first."""

import torch

LOSES = ["fit_pca"]
DIAGNOSIS = {
    "en": "the columns were divided by their std first: these are the components of the "
    "correlations",
    "ru": "столбцы сначала поделены на СКО: это компоненты корреляций, а не ковариаций",
}
HINT = {
    "en": "Centre only. What is the sum of the eigenvalues?",
    "ru": "Только центрируйте. Чему равна сумма собственных значений?",
}


def fit_pca(x, k=None):
    mean = x.mean(dim=0)
    spread = x.std(dim=0, correction=0)
    scaled = (x - mean) / torch.where(spread < NO_SPREAD, torch.ones_like(spread), spread)
    eigenvalues, vectors = torch.linalg.eigh(scaled.T @ scaled / len(x))
    return mean, vectors.flip(1).T[:k].clone(), eigenvalues.flip(0)[:k].clamp(min=0)
