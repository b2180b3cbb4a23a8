"""The statistics are those of the net as it came."""

LOSES = ["lsuv"]
DIAGNOSIS = {
    "en": "the deeper layers are measured on the outputs of layers that were not rescaled yet",
    "ru": "глубокие слои измерены по выходам ещё не отмасштабированных слоёв",
}
HINT = {
    "en": "Layer-sequential: send the batch through the new layer first.",
    "ru": "Послойно: сначала пропустите батч через новый слой.",
}


def lsuv(x, weights, tolerance=0.01, max_iterations=10):
    scaled = []
    for w in weights:
        std = (x @ w).std(correction=0)
        scaled.append(w / std)
        x = (x @ w).clamp(min=0)
    return scaled
