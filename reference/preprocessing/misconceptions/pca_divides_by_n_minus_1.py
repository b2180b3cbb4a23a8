"""The covariance is the unbiased one."""

import torch

LOSES = ["fit_pca.eigenvalues"]
DIAGNOSIS = {
    "en": "the eigenvalues are those of the 1/(N-1) covariance; 1/N is asked",
    "ru": "собственные значения взяты у ковариации с 1/(N-1), а нужна с 1/N",
}
HINT = {
    "en": "What does torch.cov divide by?",
    "ru": "На что делит torch.cov?",
}


def fit_pca(x, k=None):
    eigenvalues, vectors = torch.linalg.eigh(torch.cov(x.T))
    kept = eigenvalues.flip(0)[:k].clamp(min=0)
    return x.mean(dim=0), vectors.flip(1).T[:k].clone(), kept
