"""The batch is normalised with the 1/(N-1) variance."""

import torch

LOSES = ["batchnorm.forward"]
DIAGNOSIS = {
    "en": "the batch is normalised with the unbiased variance, 1/(N-1); the task asks for 1/N",
    "ru": "батч нормирован несмещённой дисперсией, 1/(N-1); нужна 1/N",
}
HINT = {
    "en": "What does torch.var divide by when you do not tell it?",
    "ru": "На что делит torch.var, если не сказать?",
}


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    if bn_param["mode"] == "train":
        mean, var = batch_statistics(x)
        bn_param["running_mean"] = moved(bn_param["running_mean"], mean, momentum)
        bn_param["running_var"] = moved(bn_param["running_var"], var, momentum)
        var = x.var(dim=0)
    else:
        mean, var = bn_param["running_mean"], bn_param["running_var"]
    std = torch.sqrt(var + eps)
    normal = (x - mean) / std
    return gamma * normal + beta, (normal, std, gamma)
