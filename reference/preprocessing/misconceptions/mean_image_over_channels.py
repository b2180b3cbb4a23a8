"""The channels are averaged together."""

LOSES = ["fit_mean_image"]
DIAGNOSIS = {
    "en": "the channels were averaged together, so that the image is grey",
    "ru": "каналы усреднены вместе, и изображение стало серым",
}
HINT = {
    "en": "Are the three channels of your mean image different?",
    "ru": "Различаются ли три канала вашего среднего изображения?",
}


def fit_mean_image(train):
    return train.mean(dim=(0, 1)).expand(train.shape[1:]).clone()
