"""The result is rotated back to pixels (ZCA)."""

LOSES = ["whiten"]
DIAGNOSIS = {
    "en": "the result was rotated back into the space of the data (ZCA); coordinates are asked",
    "ru": "результат повёрнут обратно в пространство данных (ZCA), а нужны координаты",
}
HINT = {
    "en": "What shape is asked, (N, k) or (N, D)?",
    "ru": "Какая форма нужна, (N, k) или (N, D)?",
}


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    z = pca_transform(x, mean, components) / (eigenvalues + eps).sqrt()
    return z @ components
