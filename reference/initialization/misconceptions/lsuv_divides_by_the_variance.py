"""Each layer is divided by its variance."""

LOSES = ["lsuv"]
DIAGNOSIS = {
    "en": "the weights are divided by the variance; the std is its root",
    "ru": "веса поделены на дисперсию, а нужно на корень из неё",
}
HINT = {
    "en": "Scaling W by c scales the variance by c².",
    "ru": "Умножение W на c умножает дисперсию на c².",
}


def lsuv(x, weights, tolerance=0.01, max_iterations=10):
    scaled = []
    for w in weights:
        w = w / (x @ w).var(correction=0)
        scaled.append(w)
        x = (x @ w).clamp(min=0)
    return scaled
