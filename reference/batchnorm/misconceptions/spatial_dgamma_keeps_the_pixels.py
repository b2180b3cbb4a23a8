"""dgamma and dbeta are summed over the batch alone."""

LOSES = ["spatial_batchnorm.backward"]
DIAGNOSIS = {
    "en": "dgamma and dbeta are summed over N alone, not over the pixels",
    "ru": "dgamma и dbeta просуммированы только по N, без пикселей",
}
HINT = {
    "en": "How many numbers does one gamma multiply?",
    "ru": "Сколько чисел умножает одна gamma?",
}


def spatial_batchnorm_backward(dout, cache):
    normal, _, _ = cache
    dx, _, _ = batchnorm_backward(pixels_as_rows(dout), cache)
    by_entry = dout * rows_as_pixels(normal, dout.shape)
    return rows_as_pixels(dx, dout.shape), by_entry.sum(dim=0), dout.sum(dim=0)
