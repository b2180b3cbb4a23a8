"""The output is divided by sqrt(var) + eps."""

import torch

LOSES = ["batchnorm.forward"]
DIAGNOSIS = {
    "en": "eps is added to the standard deviation, outside the root",
    "ru": "eps прибавлен к СКО, вне корня",
}
HINT = {
    "en": "Try a large eps, such as 1e-2: where does the formula have it?",
    "ru": "Возьмите большой eps, например 1e-2: где он в формуле?",
}


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    if bn_param["mode"] == "train":
        mean, var = batch_statistics(x)
        bn_param["running_mean"] = moved(bn_param["running_mean"], mean, momentum)
        bn_param["running_var"] = moved(bn_param["running_var"], var, momentum)
    else:
        mean, var = bn_param["running_mean"], bn_param["running_var"]
    std = torch.sqrt(var) + eps
    normal = (x - mean) / std
    return gamma * normal + beta, (normal, std, gamma)
