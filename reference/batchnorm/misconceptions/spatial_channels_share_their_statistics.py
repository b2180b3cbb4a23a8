"""A loop over the channels hands the same bn_param to each."""

LOSES = ["spatial_batchnorm.forward.modes"]
DIAGNOSIS = {
    "en": "a loop over the channels moves all running statistics with each channel in turn",
    "ru": "цикл по каналам двигает все скользящие статистики каждым каналом по очереди",
}
HINT = {
    "en": "Call batchnorm_forward once, with all channels as columns.",
    "ru": "Вызовите batchnorm_forward один раз, каналы — столбцы.",
}


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    rows = pixels_as_rows(x)
    out, cache = batchnorm_forward(rows, gamma, beta, dict(bn_param))
    if bn_param["mode"] == "train":
        for c in range(x.shape[1]):
            batchnorm_forward(rows[:, c : c + 1], gamma[c], beta[c], bn_param)
    return rows_as_pixels(out, x.shape), cache
