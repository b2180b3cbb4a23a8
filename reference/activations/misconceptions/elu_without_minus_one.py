"""The negative branch is alpha * exp(x), which jumps at zero."""

import torch

LOSES = ["elu.forward", "elu.forward.stable"]
DIAGNOSIS = {
    "en": "the -1 is missing: the negative branch is alpha * exp(x), and the curve jumps at 0",
    "ru": "потеряна -1: отрицательная ветвь равна alpha * exp(x), и кривая рвётся в нуле",
}
HINT = {
    "en": "Both branches must meet at 0.",
    "ru": "В нуле обе ветви должны встретиться.",
}


def elu_forward(x, alpha=1.0):
    return torch.where(x > 0, x, alpha * torch.exp(x.clamp(max=0))), (x.clone(), alpha)
