"""Features carry the graph of the network."""

LOSES = ["extract_features"]
DIAGNOSIS = {
    "en": "the features carry a graph, and memory with it",
    "ru": "признаки тянут за собой граф, а с ним и память",
}
HINT = {
    "en": "Nobody will differentiate through them: torch.no_grad().",
    "ru": "Дифференцировать сквозь них никто не будет: torch.no_grad().",
}


def extract_features(model, x):
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    out = model.features(x)
    for module, mode in modes:
        module.training = mode
    return out
