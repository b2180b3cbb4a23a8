"""One number is subtracted from all columns; whiten builds on it."""

LOSES = ["pca_transform"]
DIAGNOSIS = {
    "en": "one number, the mean of all, was subtracted instead of each column's own",
    "ru": "вычтено одно число, среднее всех, вместо своего у каждого столбца",
}
HINT = {
    "en": "What shape has the mean that you subtract?",
    "ru": "Какой формы среднее, которое вы вычитаете?",
}


def pca_transform(x, mean, components):
    return (x - mean.mean()) @ components.T
