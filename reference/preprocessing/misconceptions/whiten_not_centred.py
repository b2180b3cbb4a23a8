"""The mean is not subtracted."""

LOSES = ["whiten"]
DIAGNOSIS = {
    "en": "the mean was not subtracted before projecting",
    "ru": "перед проекцией не вычтено среднее",
}
HINT = {
    "en": "What is the mean of the whitened training data?",
    "ru": "Каково среднее отбелённых обучающих данных?",
}


def whiten(x, mean, components, eigenvalues, eps=1e-5):
    return x @ components.T / (eigenvalues + eps).sqrt()
