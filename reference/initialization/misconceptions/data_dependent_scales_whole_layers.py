"""One mean and one spread for the whole layer."""

LOSES = ["data_dependent"]
DIAGNOSIS = {
    "en": "one mean and one std for the whole layer; each unit has its own",
    "ru": "одно среднее и одно СКО на весь слой, а у каждого нейрона они свои",
}
HINT = {
    "en": "Statistics go over the batch, dim=0.",
    "ru": "Статистика — по батчу, dim=0.",
}


def data_dependent(x, weights):
    scaled, biases = [], []
    for w in weights:
        z = x @ w
        mean, std = z.mean(), z.std(correction=0)
        scaled.append(w / std)
        biases.append((-mean / std).expand(w.shape[1]).clone())
        x = (x @ scaled[-1] + biases[-1]).clamp(min=0)
    return scaled, biases
