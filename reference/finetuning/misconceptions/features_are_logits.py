"""The head is applied too."""

LOSES = ["extract_features"]
DIAGNOSIS = {
    "en": "the features went through the head: these are logits",
    "ru": "признаки прошли через голову: это логиты",
}
HINT = {
    "en": "Call model.features, not model.",
    "ru": "Вызывайте model.features, а не model.",
}


_features = extract_features


def extract_features(model, x):
    with torch.no_grad():
        return model.head(_features(model, x))
