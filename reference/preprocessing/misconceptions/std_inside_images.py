"""The spread inside each image, averaged over the images."""

LOSES = ["fit_channel_mean_std"]
DIAGNOSIS = {
    "en": "a std was computed inside each image and averaged; differences between images are lost",
    "ru": "СКО посчитано внутри каждого изображения и усреднено, различия между изображениями "
    "потеряны",
}
HINT = {
    "en": "What comes out for a black and a white image?",
    "ru": "Что получится для чёрного и белого изображений?",
}


def fit_channel_mean_std(train):
    inside = train.flatten(start_dim=2).std(dim=2, correction=0)
    return fit_channel_mean(train), inside.mean(dim=0)
