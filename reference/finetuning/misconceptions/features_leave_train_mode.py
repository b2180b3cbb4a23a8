"""The network is put into train mode afterwards."""

LOSES = ["extract_features.modes"]
DIAGNOSIS = {
    "en": "model.train() afterwards wakes layers that were in eval mode before",
    "ru": "model.train() после будит слои, которые были в eval",
}
HINT = {
    "en": "Is train mode what every module was in?",
    "ru": "Все ли модули были в train?",
}


_features = extract_features


def extract_features(model, x):
    out = _features(model, x)
    model.train()
    return out
