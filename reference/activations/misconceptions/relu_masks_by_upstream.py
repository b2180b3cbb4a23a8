"""The mask is made from the sign of the upstream gradient."""

LOSES = ["relu.backward"]
DIAGNOSIS = {
    "en": "the mask is the sign of the upstream gradient, not of the input",
    "ru": "маска взята по знаку входящего градиента, а не входа",
}
HINT = {
    "en": "What did the forward pass look at to decide?",
    "ru": "По какому знаку решал прямой проход?",
}


def relu_backward(dout, cache):
    return dout * (dout > 0)
