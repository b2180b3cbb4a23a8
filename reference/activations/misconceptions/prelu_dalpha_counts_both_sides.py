"""The positive entries are summed into dalpha too."""

import torch

LOSES = ["prelu.backward.dalpha"]
DIAGNOSIS = {
    "en": "dalpha also sums the positive entries, which alpha does not touch",
    "ru": "в dalpha вошли и положительные элементы, которых alpha не касается",
}
HINT = {
    "en": "Where does alpha enter the output?",
    "ru": "Где alpha входит в выход?",
}


def prelu_backward(dout, cache):
    x, alpha = cache
    by_entry = dout * x
    dalpha = by_entry.sum() if alpha.ndim == 0 else by_entry.sum(dim=0)
    return torch.where(x > 0, dout, alpha * dout), dalpha
