"""Each channel's mean is spread over the whole image."""

LOSES = ["fit_mean_image"]
DIAGNOSIS = {
    "en": "every pixel of a channel got the channel's mean; each pixel has a mean of its own",
    "ru": "все пиксели канала получили среднее канала, а у каждого пикселя оно своё",
}
HINT = {
    "en": "Over which axis alone do you average, if (C, H, W) must remain?",
    "ru": "По какой единственной оси усреднять, если остаётся (C, H, W)?",
}


def fit_mean_image(train):
    mean = train.mean(dim=(0, 2, 3), keepdim=True)[0]
    return mean.expand(train.shape[1:]).clone()
