"""max(alpha * x, x) is used, which is PReLU only for alpha up to 1."""

import torch

LOSES = ["prelu.forward"]
DIAGNOSIS = {
    "en": "max(alpha * x, x) is the parametric ReLU only while alpha is at most 1",
    "ru": "max(alpha * x, x) совпадает с PReLU, только пока alpha не больше 1",
}
HINT = {
    "en": "Branch on the sign of x, and try alpha = 1.5.",
    "ru": "Ветвитесь по знаку x и попробуйте alpha = 1.5.",
}


def prelu_forward(x, alpha):
    return torch.maximum(alpha * x, x), (x.clone(), alpha.clone())
