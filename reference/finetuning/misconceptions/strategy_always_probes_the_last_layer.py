"""A different data set gets the same probe as a similar one."""

LOSES = ["choose_strategy"]
DIAGNOSIS = {
    "en": "little data gets a probe on the last features, however different the data are",
    "ru": "при малых данных всегда классификатор на последних признаках, какими бы ни были данные",
}
HINT = {
    "en": "Which layers are general, and which are specific to the old task?",
    "ru": "Какие слои общие, а какие специфичны для старой задачи?",
}


_choose = choose_strategy


def choose_strategy(amount, similarity):
    return "linear_probe" if amount == "little" else _choose(amount, similarity)
