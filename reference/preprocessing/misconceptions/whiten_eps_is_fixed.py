"""eps is 1e-5 whatever is asked."""

LOSES = ["whiten"]
DIAGNOSIS = {
    "en": "the argument eps is not used",
    "ru": "аргумент eps не использован",
}
HINT = {
    "en": "Does a larger eps change anything?",
    "ru": "Меняет ли что-нибудь больший eps?",
}


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    return pca_transform(x, mean, components) / (eigenvalues + 1e-5).sqrt()
