"""gamma scales the shifted value: gamma * (normal + beta)."""

import torch

LOSES = ["batchnorm.forward", "batchnorm.forward.identity"]
DIAGNOSIS = {
    "en": "gamma multiplies beta too: the brackets are wrong",
    "ru": "gamma умножена и на beta: не те скобки",
}
HINT = {
    "en": "beta is a shift of the output, not of the normalised x.",
    "ru": "beta сдвигает выход, а не нормированный x.",
}


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    if bn_param["mode"] == "train":
        mean, var = batch_statistics(x)
        bn_param["running_mean"] = moved(bn_param["running_mean"], mean, momentum)
        bn_param["running_var"] = moved(bn_param["running_var"], var, momentum)
    else:
        mean, var = bn_param["running_mean"], bn_param["running_var"]
    std = torch.sqrt(var + eps)
    normal = (x - mean) / std
    return gamma * (normal + beta), (normal, std, gamma)
