"""The rows of w are scaled, which belong to inputs."""

import torch

LOSES = ["fold_linear"]
NAMED = False  # for most shapes it raises, and then nothing can be compared
DIAGNOSIS = {
    "en": "the rows of w are scaled; the outputs are its columns",
    "ru": "умножены строки w, а выходы — это столбцы",
}
HINT = {
    "en": "w is (Din, Dout): which axis has as many numbers as gamma?",
    "ru": "w имеет форму (Din, Dout): по какой оси столько же чисел, сколько в gamma?",
}


def fold_linear(w, b, gamma, beta, running_mean, running_var, eps=1e-5):
    scale = gamma / torch.sqrt(running_var + eps)
    return w * scale.reshape(-1, 1), (b - running_mean) * scale + beta
