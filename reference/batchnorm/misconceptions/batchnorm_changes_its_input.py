"""x is centred in place."""

import torch

LOSES = ["batchnorm.forward"]
NAMED = False  # what is wrong shows in an argument, not in an answer
DIAGNOSIS = {
    "en": "x is overwritten: x -= mean writes into the argument",
    "ru": "x изменён: x -= mean пишет в сам аргумент",
}
HINT = {
    "en": "Make a new tensor: x = x - mean.",
    "ru": "Создайте новый тензор: x = x - mean.",
}


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    if bn_param["mode"] == "train":
        mean, var = batch_statistics(x)
        bn_param["running_mean"] = moved(bn_param["running_mean"], mean, momentum)
        bn_param["running_var"] = moved(bn_param["running_var"], var, momentum)
        x -= mean
        normal = x / torch.sqrt(var + eps)
    else:
        var = bn_param["running_var"]
        normal = (x - bn_param["running_mean"]) / torch.sqrt(var + eps)
    return gamma * normal + beta, (normal, torch.sqrt(var + eps), gamma)
