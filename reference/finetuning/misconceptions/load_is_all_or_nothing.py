"""One entry that does not fit, and nothing is loaded."""

LOSES = ["load_pretrained"]
DIAGNOSIS = {
    "en": "one entry that does not fit keeps all the others from being loaded",
    "ru": "одна неподходящая запись мешает загрузить все остальные",
}
HINT = {
    "en": "Choose the entries that fit before you call load_state_dict.",
    "ru": "Отберите подходящие записи до вызова load_state_dict.",
}


def load_pretrained(model, state):
    try:
        model.load_state_dict(state)
    except RuntimeError:
        return set(state)
    return set()
