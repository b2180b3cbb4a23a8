"""The transposed product is used where that fits."""

LOSES = ["pca_inverse"]
DIAGNOSIS = {
    "en": "z was multiplied by components.T where components is meant",
    "ru": "z умножен на components.T, а нужно на components",
}
HINT = {
    "en": "The components are rows. With k = D both products exist; which one goes back?",
    "ru": "Компоненты — это строки. При k = D возможны оба произведения: какое ведёт обратно?",
}


def pca_inverse(z, mean, components):
    k, d = components.shape
    return z @ (components.T if k == d else components) + mean
