"""eps is 1e-5 whatever bn_param says."""

import torch

LOSES = ["batchnorm.forward"]
DIAGNOSIS = {
    "en": "eps is 1e-5 whatever bn_param says",
    "ru": "eps равен 1e-5, что бы ни было в bn_param",
}
HINT = {
    "en": "Read eps from bn_param, and use 1e-5 only where it is missing.",
    "ru": "Берите eps из bn_param, а 1e-5 — только если его там нет.",
}


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = 1e-5, bn_param.get("momentum", 0.9)
    if bn_param["mode"] == "train":
        mean, var = batch_statistics(x)
        bn_param["running_mean"] = moved(bn_param["running_mean"], mean, momentum)
        bn_param["running_var"] = moved(bn_param["running_var"], var, momentum)
    else:
        mean, var = bn_param["running_mean"], bn_param["running_var"]
    std = torch.sqrt(var + eps)
    normal = (x - mean) / std
    return gamma * normal + beta, (normal, std, gamma)
