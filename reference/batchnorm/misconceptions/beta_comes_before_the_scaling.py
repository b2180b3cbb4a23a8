"""beta is added before the division and gamma."""

import torch

LOSES = ["batchnorm.forward", "batchnorm.forward.identity"]
DIAGNOSIS = {
    "en": "beta is added before the scaling, so that it is scaled too",
    "ru": "beta прибавлена до масштаба и сама масштабируется",
}
HINT = {
    "en": "The order is: centre, divide, multiply by gamma, add beta.",
    "ru": "Порядок: центрировать, разделить, умножить на gamma, прибавить beta.",
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
    return gamma * ((x - mean) + beta) / std, (normal, std, gamma)
