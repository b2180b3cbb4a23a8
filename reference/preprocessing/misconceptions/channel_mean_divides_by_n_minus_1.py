"""The sum is divided by one less, and the std is built on this mean."""

LOSES = ["fit_channel_mean"]
DIAGNOSIS = {
    "en": "the sum is divided by N*H*W - 1; that is for unbiased variances, a mean divides by "
    "N*H*W",
    "ru": "сумма поделена на N*H*W - 1: это для несмещённой дисперсии, а среднее делит на N*H*W",
}
HINT = {
    "en": "What is the mean of a constant channel?",
    "ru": "Каково среднее постоянного канала?",
}


def fit_channel_mean(train):
    count = train.numel() // train.shape[1]
    return train.sum(dim=(0, 2, 3)) / (count - 1)
