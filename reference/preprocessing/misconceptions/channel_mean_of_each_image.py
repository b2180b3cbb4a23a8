"""One row for each image."""

LOSES = ["fit_channel_mean"]
DIAGNOSIS = {
    "en": "a mean was computed for each image; one for the whole training set is asked",
    "ru": "среднее посчитано для каждого изображения, а нужно одно на всю выборку",
}
HINT = {
    "en": "How many numbers are there to keep for a million images?",
    "ru": "Сколько чисел придётся хранить для миллиона изображений?",
}


def fit_channel_mean(train):
    return train.mean(dim=(2, 3))


def fit_channel_mean_std(train):
    mean = train.mean(dim=(0, 2, 3))
    std = (train - per_channel(mean)).square().mean(dim=(0, 2, 3)).sqrt()
    return mean, std
