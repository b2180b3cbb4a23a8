"""The mean is added."""

LOSES = ["pca_transform"]
DIAGNOSIS = {
    "en": "the mean was added instead of subtracted",
    "ru": "среднее прибавлено, а не вычтено",
}
HINT = {
    "en": "Where do the coordinates of the mean itself lie?",
    "ru": "Где лежат координаты самого среднего?",
}


def pca_transform(x, mean, components):
    return (x + mean) @ components.T
