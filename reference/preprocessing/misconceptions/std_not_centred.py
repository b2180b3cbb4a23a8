"""The root mean square, about zero."""

LOSES = ["fit_channel_mean_std"]
DIAGNOSIS = {
    "en": "this is the root mean square about zero: the mean was not subtracted",
    "ru": "это среднеквадратичное около нуля: среднее не вычтено",
}
HINT = {
    "en": "What is the std of a constant channel?",
    "ru": "Каково СКО постоянного канала?",
}


def fit_channel_mean_std(train):
    return fit_channel_mean(train), train.square().mean(dim=(0, 2, 3)).sqrt()
