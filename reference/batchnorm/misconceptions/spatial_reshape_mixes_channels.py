"""x is reshaped to (-1, C) without moving the channels last."""

LOSES = [
    "spatial_batchnorm.forward",
    "spatial_batchnorm.forward.modes",
    "spatial_batchnorm.backward",
]
DIAGNOSIS = {
    "en": "reshape(-1, C) without a permute mixes channels and pixels",
    "ru": "reshape(-1, C) без permute смешал каналы и пиксели",
}
HINT = {
    "en": "First move C to the end: permute(0, 2, 3, 1).",
    "ru": "Сначала перенесите C в конец: permute(0, 2, 3, 1).",
}


def pixels_as_rows(x):
    return x.reshape(-1, x.shape[1])


def rows_as_pixels(rows, shape):
    return rows.reshape(shape)
