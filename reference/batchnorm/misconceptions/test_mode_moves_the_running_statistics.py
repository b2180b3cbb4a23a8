"""Test mode goes on averaging."""

import torch

LOSES = ["batchnorm.forward.test"]
DIAGNOSIS = {
    "en": "the running statistics are moved in test mode too",
    "ru": "скользящие статистики меняются и в режиме test",
}
HINT = {
    "en": "Test mode only reads bn_param.",
    "ru": "В режиме test bn_param только читают.",
}


train_forward = batchnorm_forward


def batchnorm_forward(x, gamma, beta, bn_param):
    if bn_param["mode"] == "train":
        return train_forward(x, gamma, beta, bn_param)
    mean, var = bn_param["running_mean"], bn_param["running_var"]
    eps = bn_param.get("eps", 1e-5)
    sample_mean, sample_var = batch_statistics(x)
    momentum = bn_param.get("momentum", 0.9)
    bn_param["running_mean"] = moved(mean, sample_mean, momentum)
    bn_param["running_var"] = moved(var, sample_var, momentum)
    return gamma * (x - mean) / torch.sqrt(var + eps) + beta, ()
