"""The variance is mean(x²) - mean(x)², whose digits cancel at a large offset."""

LOSES = ["batchnorm.forward.stable"]
DIAGNOSIS = {
    "en": "the variance is computed as mean(x²) - mean(x)², and a large offset eats its digits",
    "ru": "дисперсия посчитана как mean(x²) - mean(x)²: при большом сдвиге цифры пропадают",
}
HINT = {
    "en": "Centre x first, then average the squares.",
    "ru": "Сначала центрируйте x, потом усредняйте квадраты.",
}


def batch_statistics(x):
    mean = x.mean(dim=0)
    return mean, (x**2).mean(dim=0) - mean**2
