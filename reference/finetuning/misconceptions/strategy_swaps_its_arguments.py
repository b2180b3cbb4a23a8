"""Amount and similarity are taken for each other."""

LOSES = ["choose_strategy"]
DIAGNOSIS = {
    "en": "little similar data and much different data are right, the other two are swapped",
    "ru": "перепутаны две клетки: мало непохожих данных и много похожих",
}
HINT = {
    "en": "How much data can a few layers be fitted to, and how much do many need?",
    "ru": "Сколько данных нужно нескольким слоям, а сколько — многим?",
}


_choose = choose_strategy


def choose_strategy(amount, similarity):
    other_amount = "little" if similarity == "similar" else "much"
    return _choose(other_amount, "similar" if amount == "little" else "different")
