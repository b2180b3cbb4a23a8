"""The input array is overwritten; the values are right, so nothing in them tells."""

LOSES = ["center.forward"]
NAMED = False
DIAGNOSIS = {
    "en": "center_forward writes into its argument.",
    "ru": "center_forward пишет в свой аргумент.",
}
HINT = {
    "en": "`x -= …` changes the array of whoever called you.",
    "ru": "`x -= …` меняет массив того, кто вызвал функцию.",
}


def center_forward(x):
    x -= x.mean(axis=0)
    return x, None
