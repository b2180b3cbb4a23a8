"""b = -mean instead of -mean/std."""

LOSES = ["data_dependent"]
DIAGNOSIS = {
    "en": "the bias is -mean; the weights are divided by std, so the mean has changed too",
    "ru": "смещение равно -среднее; но веса поделены на СКО, и среднее тоже изменилось",
}
HINT = {
    "en": "What is the mean of x @ (W/std)?",
    "ru": "Чему равно среднее x @ (W/СКО)?",
}


def data_dependent(x, weights):
    scaled, biases = [], []
    for w in weights:
        z = x @ w
        std = z.std(dim=0, correction=0)
        scaled.append(w / std)
        biases.append(-z.mean(dim=0))
        x = (x @ scaled[-1] + biases[-1]).clamp(min=0)
    return scaled, biases
