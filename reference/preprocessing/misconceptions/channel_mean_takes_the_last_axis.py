"""The last axis is taken for the channels."""

LOSES = ["fit_channel_mean"]
DIAGNOSIS = {
    "en": "the last axis was taken for the channels, as in (N, H, W, C); here images are (N, C,"
    " H, W)",
    "ru": "за каналы принята последняя ось, как в (N, H, W, C), а здесь изображения (N, C, H, W)",
}
HINT = {
    "en": "Which axis is C? Try images with H, W and C all different.",
    "ru": "Какая ось — C? Попробуйте изображения, у которых H, W и C различны.",
}


def fit_channel_mean(train):
    return train.mean(dim=(0, 1, 2))


def fit_channel_mean_std(train):
    mean = train.mean(dim=(0, 2, 3))
    std = (train - per_channel(mean)).square().mean(dim=(0, 2, 3)).sqrt()
    return mean, std
