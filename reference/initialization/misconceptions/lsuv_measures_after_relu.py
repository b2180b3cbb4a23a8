"""The spread is measured behind the ReLU."""

LOSES = ["lsuv"]
DIAGNOSIS = {
    "en": "the std is measured after ReLU; the pre-activations are asked",
    "ru": "СКО измерено после ReLU, а нужно до активации",
}
HINT = {
    "en": "Measure x @ W.",
    "ru": "Измеряйте x @ W.",
}


def lsuv(x, weights, tolerance=0.01, max_iterations=10):
    scaled = []
    for w in weights:
        for _ in range(max_iterations):
            w = w / (x @ w).clamp(min=0).std(correction=0)
        scaled.append(w)
        x = (x @ w).clamp(min=0)
    return scaled
