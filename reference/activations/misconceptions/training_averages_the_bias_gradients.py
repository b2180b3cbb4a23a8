"""The gradient by a bias is a mean over the batch."""

LOSES = ["train_mlp.trajectory"]
DIAGNOSIS = {
    "en": "the gradient by the biases is averaged a second time over the batch",
    "ru": "градиент по смещениям усреднён по батчу ещё раз",
}
HINT = {
    "en": "dz already holds 1/N; what is left is a sum.",
    "ru": "В dz уже есть 1/N; остаётся сумма.",
}


def network_backward(dscores, weights, tape, backward, both=network_backward):
    return [(dw, db / len(dscores)) for dw, db in both(dscores, weights, tape, backward)]
