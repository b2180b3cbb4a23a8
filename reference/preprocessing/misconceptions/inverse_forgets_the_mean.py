"""The mean is not added back."""

LOSES = ["pca_inverse"]
DIAGNOSIS = {
    "en": "the mean was not added back",
    "ru": "среднее не прибавлено обратно",
}
HINT = {
    "en": "What should come back from all-zero coordinates?",
    "ru": "Что должно получиться из нулевых координат?",
}


def pca_inverse(z, mean, components):
    return z @ components
