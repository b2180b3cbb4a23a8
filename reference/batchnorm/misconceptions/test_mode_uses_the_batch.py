"""Test mode normalises with the batch's statistics."""

import torch

LOSES = ["batchnorm.forward.test"]
DIAGNOSIS = {
    "en": "test mode normalises with the batch instead of the running statistics",
    "ru": "в режиме test нормировка идёт по батчу, а не по скользящим статистикам",
}
HINT = {
    "en": "Feed a single example in test mode: the output must still depend on it.",
    "ru": "Подайте в режиме test один пример: выход должен от него зависеть.",
}


train_forward = batchnorm_forward


def batchnorm_forward(x, gamma, beta, bn_param):
    if bn_param["mode"] == "train":
        return train_forward(x, gamma, beta, bn_param)
    mean, var = bn_param["running_mean"], bn_param["running_var"]
    eps = bn_param.get("eps", 1e-5)
    mean, var = batch_statistics(x)
    return gamma * (x - mean) / torch.sqrt(var + eps) + beta, ()
