"""The images are divided by 255 first."""

LOSES = ["fit_mean_image"]
DIAGNOSIS = {
    "en": "the images were divided by 255; the mean is asked in the units of the images",
    "ru": "изображения поделены на 255, а среднее нужно в единицах самих изображений",
}
HINT = {
    "en": "What will be subtracted from what, and in which range is each?",
    "ru": "Что из чего будет вычитаться и в каком диапазоне каждое?",
}


def fit_mean_image(train):
    return (train / 255).mean(dim=0)
