"""There is no guard."""

LOSES = ["normalize.constant"]
DIAGNOSIS = {
    "en": "a channel whose std is 0 is divided by 0: infinities, or NaN",
    "ru": "канал с СКО 0 поделён на 0: бесконечности или NaN",
}
HINT = {
    "en": "By what does the text divide such a channel?",
    "ru": "На что по условию делится такой канал?",
}


def normalize(x, mean, std=None):
    centred = x - per_channel(mean)
    return centred if std is None else centred / per_channel(std)
