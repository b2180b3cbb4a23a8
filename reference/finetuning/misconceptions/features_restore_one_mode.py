"""The mode of the whole network is restored, for all modules alike."""

LOSES = ["extract_features.modes"]
DIAGNOSIS = {
    "en": "model.train(was_training) gives every module the mode of the whole",
    "ru": "model.train(was_training) даёт каждому модулю режим всей сети",
}
HINT = {
    "en": "Frozen batchnorm is in eval mode inside a network that trains: restore each module's.",
    "ru": "Замороженный batchnorm — в eval внутри сети в train. Верните каждому модулю его режим.",
}


_features = extract_features


def extract_features(model, x):
    training = model.training
    out = _features(model, x)
    model.train(training)
    return out
