"""The coordinates are multiplied by the root."""

LOSES = ["whiten"]
DIAGNOSIS = {
    "en": "the coordinates are multiplied by the root of the eigenvalues instead of divided",
    "ru": "координаты умножены на корень из собственных значений вместо деления",
}
HINT = {
    "en": "What should the covariance become?",
    "ru": "Какой должна стать ковариация?",
}


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    return pca_transform(x, mean, components) * (eigenvalues + eps).sqrt()
