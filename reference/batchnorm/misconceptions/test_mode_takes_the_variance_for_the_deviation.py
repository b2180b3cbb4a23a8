"""Test mode divides by running_var, without a root."""

LOSES = ["batchnorm.forward.test"]
DIAGNOSIS = {
    "en": "test mode divides by the running variance instead of its root",
    "ru": "в режиме test деление на running_var, а не на её корень",
}
HINT = {
    "en": "running_var is a variance.",
    "ru": "running_var — это дисперсия.",
}


train_forward = batchnorm_forward


def batchnorm_forward(x, gamma, beta, bn_param):
    if bn_param["mode"] == "train":
        return train_forward(x, gamma, beta, bn_param)
    mean, var = bn_param["running_mean"], bn_param["running_var"]
    eps = bn_param.get("eps", 1e-5)
    return gamma * (x - mean) / (var + eps) + beta, ()
