"""s * (1 - s) is taken with the input in place of the output."""

LOSES = ["sigmoid.backward", "sigmoid.backward.stable"]
DIAGNOSIS = {
    "en": "in s * (1 - s) the input x stands where the output of the sigmoid should",
    "ru": "в s * (1 - s) вместо выхода сигмоиды подставлен вход x",
}
HINT = {
    "en": "Which of the two does your cache hold, x or the output?",
    "ru": "Что лежит в вашем кэше: x или выход?",
}


def sigmoid_backward(dout, cache):
    (x,) = cache
    return dout * x * (1 - x)
