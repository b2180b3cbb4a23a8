"""The upstream gradient is summed over the negative side without the factor x."""

import torch

LOSES = ["prelu.backward.dalpha"]
DIAGNOSIS = {
    "en": "dalpha sums dout over the negative entries without the factor x",
    "ru": "в dalpha просуммирован dout по отрицательным элементам без множителя x",
}
HINT = {
    "en": "What is the derivative of alpha * x by alpha?",
    "ru": "Чему равна производная alpha * x по alpha?",
}


def prelu_backward(dout, cache):
    x, alpha = cache
    by_entry = dout * (x <= 0)
    dalpha = by_entry.sum() if alpha.ndim == 0 else by_entry.sum(dim=0)
    return torch.where(x > 0, dout, alpha * dout), dalpha
