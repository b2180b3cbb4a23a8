"""The root is missing."""

LOSES = ["whiten"]
DIAGNOSIS = {
    "en": "the coordinates are divided by the eigenvalues; the root is missing",
    "ru": "координаты поделены на собственные значения, корень забыт",
}
HINT = {
    "en": "An eigenvalue is a variance. What makes the spread 1?",
    "ru": "Собственное значение — дисперсия. Что сделает разброс равным 1?",
}


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    return pca_transform(x, mean, components) / (eigenvalues + eps)
