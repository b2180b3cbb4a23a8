"""dgamma and dbeta are summed over the images alone."""

LOSES = ["groupnorm.backward"]
DIAGNOSIS = {
    "en": "dgamma and dbeta are summed over N alone: their shape is (C, H, W)",
    "ru": "dgamma и dbeta просуммированы только по N: их форма (C, H, W)",
}
HINT = {
    "en": "How many numbers does one gamma multiply?",
    "ru": "Сколько чисел умножает одна gamma?",
}


def groupnorm_backward(dout, cache):
    normal, _, _ = cache
    dx, _, _ = image_backward(dout, cache)
    return dx, (dout * normal.reshape(dout.shape)).sum(dim=0), dout.sum(dim=0)
