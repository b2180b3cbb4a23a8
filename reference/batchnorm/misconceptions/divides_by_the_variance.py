"""In train mode the centred x is divided by var + eps, without a root."""

import torch

LOSES = ["batchnorm.forward"]
DIAGNOSIS = {
    "en": "the centred x is divided by the variance instead of its root",
    "ru": "центрированный x делится на дисперсию, а не на её корень",
}
HINT = {
    "en": "Which power of the unit of x does the variance have?",
    "ru": "В какой степени в дисперсию входит единица измерения x?",
}


whole_forward = batchnorm_forward


def batchnorm_forward(x, gamma, beta, bn_param):
    out, cache = whole_forward(x, gamma, beta, bn_param)
    if bn_param["mode"] == "train":
        mean, var = batch_statistics(x)
        std = torch.sqrt(var + bn_param.get("eps", 1e-5))
        out = gamma * (x - mean) / std**2 + beta
    return out, cache
