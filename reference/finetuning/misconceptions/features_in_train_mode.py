"""Features are computed in whatever mode the network is in."""

LOSES = ["extract_features"]
DIAGNOSIS = {
    "en": "features come from train mode: they depend on the batch and move the statistics",
    "ru": "признаки получены в train: они зависят от батча и сдвигают статистики",
}
HINT = {
    "en": "Call eval() first.",
    "ru": "Сначала вызовите eval().",
}


def extract_features(model, x):
    with torch.no_grad():
        return model.features(x)
