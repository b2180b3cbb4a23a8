"""The images are added up and not divided by their number."""

LOSES = ["fit_mean_image"]
DIAGNOSIS = {
    "en": "the images were added up, but not divided by N",
    "ru": "изображения сложены, но не поделены на N",
}
HINT = {
    "en": "Is your mean image within 0 to 255?",
    "ru": "Лежит ли ваше среднее изображение между 0 и 255?",
}


def fit_mean_image(train):
    return train.sum(dim=0)
