"""One mean for all channels."""

LOSES = ["fit_channel_mean"]
DIAGNOSIS = {
    "en": "one number was computed for all channels together",
    "ru": "одно число посчитано на все каналы сразу",
}
HINT = {
    "en": "Should a bluish and a reddish data set have the same three numbers?",
    "ru": "Должны ли синеватая и красноватая выборки дать одни и те же три числа?",
}


def fit_channel_mean(train):
    return train.mean().expand(train.shape[1]).clone()
