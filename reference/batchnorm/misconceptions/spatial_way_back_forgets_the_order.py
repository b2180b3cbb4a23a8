"""The output is reshaped to (N, C, H, W) without moving the channels back."""

LOSES = [
    "spatial_batchnorm.forward",
    "spatial_batchnorm.forward.modes",
    "spatial_batchnorm.backward",
]
DIAGNOSIS = {
    "en": "the way back is a plain reshape: the channels stay last in memory",
    "ru": "обратно — простой reshape: каналы остались последними",
}
HINT = {
    "en": "Undo both steps: reshape to (N, H, W, C), then permute.",
    "ru": "Отмените оба шага: reshape в (N, H, W, C), затем permute.",
}


def rows_as_pixels(rows, shape):
    return rows.reshape(shape)
