"""The weights that were given are scaled in place."""

LOSES = ["lsuv"]
NAMED = False
DIAGNOSIS = {
    "en": "the weights that were given are changed in place",
    "ru": "данные веса изменены на месте",
}
HINT = {
    "en": "w = w / s makes a new tensor, w /= s writes into the old one.",
    "ru": "w = w / s создаёт новый тензор, w /= s пишет в старый.",
}


def lsuv(x, weights, tolerance=0.01, max_iterations=10):
    for w in weights:
        w /= (x @ w).std(correction=0)
        x = (x @ w).clamp(min=0)
    return weights
