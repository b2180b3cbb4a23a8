"""The normalised x is returned as it is."""

import torch

LOSES = ["batchnorm.forward", "batchnorm.forward.identity"]
DIAGNOSIS = {
    "en": "gamma and beta have no effect",
    "ru": "gamma и beta ни на что не влияют",
}
HINT = {
    "en": "Call it with gamma = 3: what should change?",
    "ru": "Вызовите с gamma = 3: что должно измениться?",
}


whole_forward = batchnorm_forward


def batchnorm_forward(x, gamma, beta, bn_param):
    out, cache = whole_forward(x, gamma, beta, bn_param)
    if bn_param["mode"] == "train":
        mean, var = batch_statistics(x)
        std = torch.sqrt(var + bn_param.get("eps", 1e-5))
        out = (x - mean) / std
    return out, cache
