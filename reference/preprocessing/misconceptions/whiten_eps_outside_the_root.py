"""eps is added after the root."""

LOSES = ["whiten"]
DIAGNOSIS = {
    "en": "eps is outside the root",
    "ru": "eps стоит вне корня",
}
HINT = {
    "en": "Try eps = 0.1 and an eigenvalue of 0.",
    "ru": "Попробуйте eps = 0.1 и собственное значение 0.",
}


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    return pca_transform(x, mean, components) / (eigenvalues.sqrt() + eps)
