"""The running variance averages var + eps."""

import torch

LOSES = ["batchnorm.forward.running"]
DIAGNOSIS = {
    "en": "the running variance averages var + eps",
    "ru": "в running_var усредняется var + eps",
}
HINT = {
    "en": "eps belongs under the root, not into what is remembered.",
    "ru": "eps нужен под корнем, а не в том, что запоминается.",
}


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    if bn_param["mode"] == "train":
        mean, var = batch_statistics(x)
        bn_param["running_mean"] = moved(bn_param["running_mean"], mean, momentum)
        bn_param["running_var"] = moved(bn_param["running_var"], var + eps, momentum)
    else:
        mean, var = bn_param["running_mean"], bn_param["running_var"]
    std = torch.sqrt(var + eps)
    normal = (x - mean) / std
    return gamma * normal + beta, (normal, std, gamma)
