"""The mean absolute deviation."""

LOSES = ["fit_channel_mean_std"]
DIAGNOSIS = {
    "en": "this is the mean absolute deviation; the root of the mean square is asked",
    "ru": "это среднее абсолютное отклонение, а нужен корень из среднего квадрата",
}
HINT = {
    "en": "What is squared in the definition?",
    "ru": "Что возводится в квадрат в определении?",
}


def fit_channel_mean_std(train):
    mean = fit_channel_mean(train)
    return mean, (train - per_channel(mean)).abs().mean(dim=(0, 2, 3))
