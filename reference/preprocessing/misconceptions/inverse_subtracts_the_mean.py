"""The mean is subtracted."""

LOSES = ["pca_inverse"]
DIAGNOSIS = {
    "en": "the mean was subtracted where it must be added",
    "ru": "среднее вычтено, а его надо прибавить",
}
HINT = {
    "en": "The way there subtracted it. And the way back?",
    "ru": "На пути туда его вычли. А обратно?",
}


def pca_inverse(z, mean, components):
    return z @ components - mean
