"""The network is left in eval mode."""

LOSES = ["extract_features.modes"]
DIAGNOSIS = {
    "en": "the network stays in eval mode, so that later training is not what it was",
    "ru": "сеть осталась в eval, дальнейшее обучение уже не то",
}
HINT = {
    "en": "Remember the modes before eval() and put them back.",
    "ru": "Запомните режимы до eval() и верните их.",
}


def extract_features(model, x):
    model.eval()
    with torch.no_grad():
        return model.features(x)
