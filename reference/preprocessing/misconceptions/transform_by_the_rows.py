"""The components are used untransposed where that fits."""

LOSES = ["pca_transform"]
DIAGNOSIS = {
    "en": "x was multiplied by components where components.T is meant",
    "ru": "x умножен на components, а нужно на components.T",
}
HINT = {
    "en": "The components are rows. With k = D both products exist; which one projects?",
    "ru": "Компоненты — это строки. При k = D возможны оба произведения: какое из них проекция?",
}


def pca_transform(x, mean, components):
    k, d = components.shape
    return (x - mean) @ (components if k == d else components.T)
