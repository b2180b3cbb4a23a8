"""The median is taken."""

LOSES = ["fit_mean_image"]
DIAGNOSIS = {
    "en": "this is the median of each pixel, not its mean",
    "ru": "это медиана каждого пикселя, а не среднее",
}
HINT = {
    "en": "Which of the two changes when one image gets much brighter?",
    "ru": "Что из двух изменится, если одно изображение станет намного ярче?",
}


def fit_mean_image(train):
    return train.median(dim=0).values
