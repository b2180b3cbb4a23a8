"""The mean's coordinates are added, and the rest of it is lost."""

LOSES = ["pca_inverse"]
DIAGNOSIS = {
    "en": "the mean was added to the coordinates; what of it the dropped components held is lost",
    "ru": "среднее прибавлено к координатам, и его часть вдоль отброшенных компонент потеряна",
}
HINT = {
    "en": "Does the mean lie in the span of the kept components?",
    "ru": "Лежит ли среднее в оболочке оставленных компонент?",
}


def pca_inverse(z, mean, components):
    return (z + mean @ components.T) @ components
