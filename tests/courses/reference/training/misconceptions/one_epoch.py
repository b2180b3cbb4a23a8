"""Training ends after the first epoch."""

LOSES = ["fit.converges"]
DIAGNOSIS = {
    "en": "You go over the data once, whatever `epochs` says.",
    "ru": "Вы проходите по данным один раз, что бы ни говорил `epochs`.",
}
HINT = {
    "en": "How many steps do five epochs take?",
    "ru": "Сколько шагов в пяти эпохах?",
}
_whole = fit


def fit(x, y, rate, epochs, batch, seed):
    return _whole(x, y, rate, 1, batch, seed)
