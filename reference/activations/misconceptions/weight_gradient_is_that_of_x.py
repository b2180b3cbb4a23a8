"""The gradient by the input is returned."""

import torch

LOSES = ["weight_gradient"]
DIAGNOSIS = {
    "en": "this is dL/dx: the last factor is w, and for dL/dw it is x",
    "ru": "это dL/dx: последний множитель — w, а для dL/dw он x",
}
HINT = {
    "en": "Differentiate w.x by w.",
    "ru": "Продифференцируйте w.x по w.",
}


def weight_gradient(x, upstream, w, b):
    s = torch.sigmoid(w @ x + b)
    return upstream * s * (1 - s) * w
