"""The spread of x itself divides."""

LOSES = ["whiten"]
DIAGNOSIS = {
    "en": "the coordinates are divided by their own spread; the eigenvalues are arguments",
    "ru": "координаты поделены на собственный разброс, а собственные значения переданы аргументом",
}
HINT = {
    "en": "What comes out for a single example?",
    "ru": "Что получится для единственного примера?",
}


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    z = pca_transform(x, mean, components)
    return z / (z.square().mean(dim=0) + eps).sqrt()
