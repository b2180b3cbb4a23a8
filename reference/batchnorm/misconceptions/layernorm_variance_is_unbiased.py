"""The variance of a row has 1/(D-1)."""

import torch

LOSES = ["layernorm.forward"]
DIAGNOSIS = {
    "en": "the variance of a row is the unbiased one, 1/(D-1)",
    "ru": "дисперсия строки несмещённая, 1/(D-1)",
}
HINT = {
    "en": "Statistics have 1/N here, N being how many numbers share the mean.",
    "ru": "Статистики здесь с 1/N, где N — сколько чисел делят среднее.",
}


def layernorm_forward(x, gamma, beta, ln_param):
    std = torch.sqrt(x.var(dim=1, keepdim=True) + ln_param.get("eps", 1e-5))
    normal = (x - x.mean(dim=1, keepdim=True)) / std
    return gamma * normal + beta, (normal, std, gamma)
