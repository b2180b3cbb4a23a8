"""Entries are taken out of state as they are loaded."""

LOSES = ["load_pretrained.by_value"]
DIAGNOSIS = {
    "en": "state.pop takes the entries out of the caller's dictionary",
    "ru": "state.pop забирает записи из словаря вызывающего",
}
HINT = {
    "en": "Look the entries up, or make a dictionary of your own.",
    "ru": "Читайте записи или сделайте свой словарь.",
}


def load_pretrained(model, state):
    own = model.state_dict()
    fitting = {
        name: state.pop(name)
        for name in list(state)
        if name in own and own[name].shape == state[name].shape
    }
    model.load_state_dict(fitting, strict=False)
    return set(state)
