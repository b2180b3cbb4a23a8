"""x * exp(x) / (1 + exp(x)) is infinity over infinity for a large x."""

import torch

LOSES = ["swish.forward.stable"]
DIAGNOSIS = {
    "en": "exp(beta * x) is infinite for a large x, and inf / inf is NaN",
    "ru": "exp(beta * x) бесконечна при большом x, а inf / inf — это NaN",
}
HINT = {
    "en": "Use the stable form of the sigmoid.",
    "ru": "Возьмите устойчивую форму сигмоиды.",
}


def swish_forward(x, beta=1.0):
    grown = torch.exp(beta * x)
    return x * grown / (1 + grown), (x.clone(), beta)
