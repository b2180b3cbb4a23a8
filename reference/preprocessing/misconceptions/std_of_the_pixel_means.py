"""The spread of each pixel about the mean image."""

LOSES = ["fit_channel_mean_std"]
DIAGNOSIS = {
    "en": "the spread is about the mean image; here it is about the mean of the channel",
    "ru": "разброс взят около среднего изображения, а здесь нужен около среднего канала",
}
HINT = {
    "en": "What is subtracted before squaring?",
    "ru": "Что вычитается перед возведением в квадрат?",
}


def fit_channel_mean_std(train):
    about = (train - train.mean(dim=0)).square().mean(dim=(0, 2, 3)).sqrt()
    return fit_channel_mean(train), about
