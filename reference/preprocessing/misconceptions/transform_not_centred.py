"""The mean is not subtracted."""

LOSES = ["pca_transform"]
DIAGNOSIS = {
    "en": "the mean was not subtracted before projecting",
    "ru": "перед проекцией не вычтено среднее",
}
HINT = {
    "en": "Where do the coordinates of the mean itself lie?",
    "ru": "Где лежат координаты самого среднего?",
}


def pca_transform(x, mean, components):
    return x @ components.T


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    return (x - mean) @ components.T / (eigenvalues + eps).sqrt()
