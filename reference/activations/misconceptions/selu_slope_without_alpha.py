"""The backward pass forgets alpha on the negative side."""

import torch

LOSES = ["selu.backward", "selu.backward.stable"]
DIAGNOSIS = {
    "en": "on the negative side the factor alpha is missing in the backward pass",
    "ru": "на отрицательной стороне в обратном проходе потерян множитель alpha",
}
HINT = {
    "en": "Differentiate lambda * alpha * (exp(x) - 1) once more.",
    "ru": "Ещё раз продифференцируйте lambda * alpha * (exp(x) - 1).",
}


def selu_backward(dout, cache):
    (x,) = cache
    return 1.0507 * torch.where(x > 0, dout, dout * torch.exp(x.clamp(max=0)))
