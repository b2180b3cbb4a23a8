"""The running variance averages standard deviations."""

import torch

LOSES = ["batchnorm.forward.running"]
DIAGNOSIS = {
    "en": "the running variance averages standard deviations",
    "ru": "в running_var усредняются СКО, а не дисперсии",
}
HINT = {
    "en": "Store exactly what its name says: the variance.",
    "ru": "Храните ровно то, что в названии: дисперсию.",
}


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    if bn_param["mode"] == "train":
        mean, var = batch_statistics(x)
        bn_param["running_mean"] = moved(bn_param["running_mean"], mean, momentum)
        bn_param["running_var"] = moved(bn_param["running_var"], var.sqrt(), momentum)
    else:
        mean, var = bn_param["running_mean"], bn_param["running_var"]
    std = torch.sqrt(var + eps)
    normal = (x - mean) / std
    return gamma * normal + beta, (normal, std, gamma)
