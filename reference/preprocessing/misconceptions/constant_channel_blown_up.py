"""A small number is put in place of a std of 0."""

LOSES = ["normalize.constant"]
DIAGNOSIS = {
    "en": "a channel whose std is 0 is divided by a tiny number, so that it becomes huge on "
    "test data",
    "ru": "канал с СКО 0 поделён на крошечное число и на тесте становится огромным",
}
HINT = {
    "en": "What happens to a test image that differs from the constant by one grey level?",
    "ru": "Что станет с тестовым изображением, которое отличается от константы на один уровень "
    "серого?",
}


def normalize(x, mean, std=None):
    centred = x - per_channel(mean)
    return centred if std is None else centred / (per_channel(std) + 1e-5)
