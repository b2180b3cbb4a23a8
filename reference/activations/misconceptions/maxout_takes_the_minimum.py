"""The lower of the two pieces is taken."""

import torch

LOSES = ["maxout.forward"]
DIAGNOSIS = {
    "en": "the lower of the two linear pieces is taken",
    "ru": "взят меньший из двух линейных кусков",
}
HINT = {
    "en": "Which of the two goes on?",
    "ru": "Какой из двух проходит дальше?",
}


def maxout_forward(x, w1, b1, w2, b2):
    first, second = x @ w1 + b1, x @ w2 + b2
    return torch.minimum(first, second), (x.clone(), w1.clone(), w2.clone(), first > second)
