"""The global generator is seeded from the given one."""

import torch

LOSES = ["small_random.generator"]
DIAGNOSIS = {
    "en": "the call seeds the global generator of torch anew",
    "ru": "вызов заново задаёт зерно глобального генератора torch",
}
HINT = {
    "en": "Does drawing from the given generator need the global one at all?",
    "ru": "Нужен ли вообще глобальный генератор, чтобы брать числа из данного?",
}


def small_random(din, dout, std=0.01, generator=None):
    if generator is not None:
        torch.manual_seed(generator.initial_seed())
    return std * torch.randn(din, dout)
