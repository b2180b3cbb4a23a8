"""The constants are rounded to two decimals."""

LOSES = ["selu.forward"]
DIAGNOSIS = {
    "en": "the constants are rounded to 1.67 and 1.05",
    "ru": "константы округлены до 1.67 и 1.05",
}
HINT = {
    "en": "Keep at least four decimals: 1.6733 and 1.0507.",
    "ru": "Сохраните хотя бы четыре знака: 1.6733 и 1.0507.",
}


SELU_ALPHA = 1.67
SELU_LAMBDA = 1.05
