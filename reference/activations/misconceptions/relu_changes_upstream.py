"""The upstream gradient is masked in place."""

LOSES = ["relu.backward"]
NAMED = False  # what is wrong shows in an argument, not in an answer
DIAGNOSIS = {
    "en": "the upstream gradient was overwritten: dout[x < 0] = 0 writes into the argument",
    "ru": "входящий градиент изменён: dout[x < 0] = 0 пишет в сам аргумент",
}
HINT = {
    "en": "Make a new tensor, or clone the argument first.",
    "ru": "Создайте новый тензор или сначала сделайте clone.",
}


def relu_backward(dout, cache):
    (alive,) = cache
    dout[~alive] = 0
    return dout
