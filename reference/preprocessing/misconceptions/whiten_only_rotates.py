"""Nothing is divided."""

LOSES = ["whiten"]
DIAGNOSIS = {
    "en": "the data are decorrelated, but not scaled to unit variance",
    "ru": "данные декоррелированы, но не приведены к единичной дисперсии",
}
HINT = {
    "en": "The covariance is diagonal already. What must its diagonal become?",
    "ru": "Ковариация уже диагональна. Какой должна стать её диагональ?",
}


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    return pca_transform(x, mean, components)
