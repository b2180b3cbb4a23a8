"""b is added whole, not scaled with the weights."""

import torch

LOSES = ["fold_linear"]
DIAGNOSIS = {
    "en": "the linear layer's bias is not scaled",
    "ru": "смещение линейного слоя не умножено на масштаб",
}
HINT = {
    "en": "Batchnorm acts on x @ w + b, not on x @ w.",
    "ru": "Batchnorm действует на x @ w + b, а не на x @ w.",
}


def fold_linear(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    scale = gamma / torch.sqrt(running_var + eps)
    return w * scale, b - running_mean * scale + beta
