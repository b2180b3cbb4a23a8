"""The spread between images, after averaging each one."""

LOSES = ["fit_channel_mean_std"]
DIAGNOSIS = {
    "en": "the pixels of each image were averaged first; the spread between images alone remains",
    "ru": "сначала усреднены пиксели каждого изображения, остался только разброс между "
    "изображениями",
}
HINT = {
    "en": "Does a chessboard have a spread in your function?",
    "ru": "Есть ли для вашей функции разброс у шахматной доски?",
}


def fit_channel_mean_std(train):
    return fit_channel_mean(train), train.mean(dim=(2, 3)).std(dim=0, correction=0)
