"""The channels come out in reverse order, and std is built on it."""

LOSES = ["fit_channel_mean"]
DIAGNOSIS = {
    "en": "the channels are in reverse order: BGR instead of RGB",
    "ru": "каналы в обратном порядке: BGR вместо RGB",
}
HINT = {
    "en": "Which channel does your first number belong to?",
    "ru": "К какому каналу относится ваше первое число?",
}


def fit_channel_mean(train):
    return train.mean(dim=(0, 2, 3)).flip(0)
