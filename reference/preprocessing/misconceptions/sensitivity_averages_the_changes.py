"""The changes of single examples are made positive, then averaged."""

from torch.nn.functional import softplus

LOSES = ["loss_sensitivity"]
DIAGNOSIS = {
    "en": "the absolute value was taken example by example; that of the change of the mean is "
    "asked",
    "ru": "модуль взят у каждого примера, а нужен у изменения среднего",
}
HINT = {
    "en": "May one example's gain make up for another's loss?",
    "ru": "Может ли выигрыш одного примера покрыть проигрыш другого?",
}


def loss_sensitivity(x, y, w, delta):
    moved, here = softplus(-y * (x @ (w + delta))), softplus(-y * (x @ w))
    return (moved - here).abs().mean().item()
