"""The mask is returned without the upstream gradient."""

LOSES = ["relu.backward"]
DIAGNOSIS = {
    "en": "the upstream gradient is not used: dx is a mask of 0 and 1",
    "ru": "входящий градиент не использован: dx — это маска из 0 и 1",
}
HINT = {
    "en": "The chain rule multiplies the local derivative by dout.",
    "ru": "По цепному правилу локальная производная умножается на dout.",
}


def relu_backward(dout, cache):
    (alive,) = cache
    return alive.to(dout.dtype)
