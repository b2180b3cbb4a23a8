"""The running variance averages 1/(N-1) variances, as PyTorch's does."""

import torch

LOSES = ["batchnorm.forward.running"]
DIAGNOSIS = {
    "en": "the running variance averages unbiased variances, as PyTorch's does; here 1/N is asked",
    "ru": "в скользящей дисперсии несмещённые оценки, как в PyTorch; здесь нужна 1/N",
}
HINT = {
    "en": "Which variance does the task ask for in running_var?",
    "ru": "Какая дисперсия по условию идёт в running_var?",
}


def batchnorm_forward(x, gamma, beta, bn_param):
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    if bn_param["mode"] == "train":
        mean, var = batch_statistics(x)
        bn_param["running_mean"] = moved(bn_param["running_mean"], mean, momentum)
        bn_param["running_var"] = moved(bn_param["running_var"], x.var(dim=0), momentum)
    else:
        mean, var = bn_param["running_mean"], bn_param["running_var"]
    std = torch.sqrt(var + eps)
    normal = (x - mean) / std
    return gamma * normal + beta, (normal, std, gamma)
