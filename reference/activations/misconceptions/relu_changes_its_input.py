"""The negative entries are zeroed in the input itself."""

LOSES = ["relu.forward"]
NAMED = False  # what is wrong shows in an argument, not in an answer
DIAGNOSIS = {
    "en": "the input tensor was overwritten: x[x < 0] = 0 writes into the argument",
    "ru": "входной тензор изменён: x[x < 0] = 0 пишет в сам аргумент",
}
HINT = {
    "en": "Make a new tensor, or clone the argument first.",
    "ru": "Создайте новый тензор или сначала сделайте clone.",
}


def relu_forward(x):
    alive = x > 0
    x[~alive] = 0
    return x.clone(), (alive,)
