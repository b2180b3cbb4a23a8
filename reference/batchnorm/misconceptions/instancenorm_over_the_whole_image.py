"""All channels of an image share a mean: that is layer normalization."""

LOSES = ["instancenorm.forward"]
DIAGNOSIS = {
    "en": "all channels of an image share one mean and variance",
    "ru": "у всех каналов изображения общие среднее и дисперсия",
}
HINT = {
    "en": "N·C means are asked.",
    "ru": "Средних должно быть N·C.",
}


def instancenorm_forward(x, gamma, beta, in_param):
    return image_forward(x, gamma, beta, in_param.get("eps", 1e-5), x.shape[0])
