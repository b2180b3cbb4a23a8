"""The scale is forgotten."""

LOSES = ["normalize"]
DIAGNOSIS = {
    "en": "the mean is subtracted, but std is not used",
    "ru": "среднее вычтено, но std не использовано",
}
HINT = {
    "en": "Two steps are asked when std is given.",
    "ru": "Когда std передано, шагов два.",
}


def normalize(x, mean, std=None):
    return x - per_channel(mean)
