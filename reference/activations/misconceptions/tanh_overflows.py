"""Both exponentials of the textbook formula grow without bound."""

import torch

LOSES = ["tanh.forward.stable", "tanh.backward.stable"]
DIAGNOSIS = {
    "en": "exp(x) and exp(-x) are both taken, and one of them is infinite far from zero",
    "ru": "берутся и exp(x), и exp(-x), а вдали от нуля одна из них бесконечна",
}
HINT = {
    "en": "Divide by the larger exponential, or use torch.tanh.",
    "ru": "Поделите на большую экспоненту или возьмите torch.tanh.",
}


def tanh_forward(x):
    up, down = torch.exp(x), torch.exp(-x)
    out = (up - down) / (up + down)
    return out, (out.clone(),)
