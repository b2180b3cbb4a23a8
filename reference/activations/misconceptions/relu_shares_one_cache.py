"""The mask lives in a global variable, so a second forward call overwrites the first."""

LOSES = ["relu.backward"]
DIAGNOSIS = {
    "en": "the mask lies in a global variable, and a later forward call overwrote it",
    "ru": "маска лежит в глобальной переменной, и следующий прямой проход её затёр",
}
HINT = {
    "en": "Return everything that the backward pass needs as the cache.",
    "ru": "Верните всё нужное обратному проходу в кэше.",
}


MASK = {}


def relu_forward(x):
    MASK["alive"] = x > 0
    return x * MASK["alive"], None


def relu_backward(dout, cache):
    return dout * MASK["alive"]
