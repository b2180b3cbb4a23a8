"""The output is float64 whatever came in."""

import torch

LOSES = ["batchnorm.forward"]
DIAGNOSIS = {
    "en": "the output is float64 although the input is float32",
    "ru": "выход имеет тип float64, хотя вход — float32",
}
HINT = {
    "en": "Compute in double if you like, and return the dtype of x.",
    "ru": "Считайте в double, если хочется, но верните dtype от x.",
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
    return (gamma * normal + beta).double(), (normal, std, gamma)
