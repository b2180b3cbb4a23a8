"""Each unit is scaled by its own number."""

LOSES = ["lsuv"]
DIAGNOSIS = {
    "en": "each unit is scaled by itself; LSUV scales the layer by one number",
    "ru": "каждый нейрон масштабируется отдельно, а LSUV умножает слой на одно число",
}
HINT = {
    "en": "One std over all pre-activations of the layer.",
    "ru": "Одно СКО по всем преактивациям слоя.",
}


def lsuv(x, weights, tolerance=0.01, max_iterations=10):
    scaled = []
    for w in weights:
        w = w / (x @ w).std(dim=0, correction=0)
        scaled.append(w)
        x = (x @ w).clamp(min=0)
    return scaled
