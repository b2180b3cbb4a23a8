"""The scale is gamma / (running_var + eps)."""

LOSES = ["fold_linear"]
DIAGNOSIS = {
    "en": "the weights are divided by the variance instead of its root",
    "ru": "веса делятся на дисперсию, а не на её корень",
}
HINT = {
    "en": "running_var is a variance.",
    "ru": "running_var — это дисперсия.",
}


def fold_linear(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    scale = gamma / (running_var + eps)
    return w * scale, (b - running_mean) * scale + beta
