"""The eigenvalues are divided by their sum."""

import torch

LOSES = ["fit_pca.eigenvalues"]
DIAGNOSIS = {
    "en": "these are shares of the variance; the eigenvalues themselves are asked",
    "ru": "это доли дисперсии, а нужны сами собственные значения",
}
HINT = {
    "en": "Do yours always add up to 1?",
    "ru": "Всегда ли ваши в сумме дают 1?",
}


def fit_pca(x, k=None):
    mean = x.mean(dim=0)
    centred = x - mean
    eigenvalues, vectors = torch.linalg.eigh(centred.T @ centred / len(x))
    shares = eigenvalues.clamp(min=0) / eigenvalues.sum()
    return mean, vectors.flip(1).T[:k].clone(), shares.flip(0)[:k].clone()
