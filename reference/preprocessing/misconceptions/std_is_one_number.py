"""One std for all channels, about each channel's mean."""

LOSES = ["fit_channel_mean_std"]
DIAGNOSIS = {
    "en": "one spread was computed for all channels together",
    "ru": "один разброс посчитан на все каналы сразу",
}
HINT = {
    "en": "Which axes are averaged, and which one must stay?",
    "ru": "По каким осям усредняют и какая должна остаться?",
}


def fit_channel_mean_std(train):
    mean = fit_channel_mean(train)
    std = (train - per_channel(mean)).square().mean().sqrt()
    return mean, std.expand(train.shape[1]).clone()
