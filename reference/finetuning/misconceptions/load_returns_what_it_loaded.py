"""The names that were loaded are returned."""

LOSES = ["load_pretrained"]
DIAGNOSIS = {
    "en": "the names that were loaded are returned, not the others",
    "ru": "возвращены загруженные имена, а не остальные",
}
HINT = {
    "en": "Which names would you want to be warned about?",
    "ru": "О каких именах стоит предупредить?",
}


def load_pretrained(model, state):
    own = model.state_dict()
    fitting = {
        name: value
        for name, value in state.items()
        if name in own and own[name].shape == value.shape
    }
    model.load_state_dict(fitting, strict=False)
    return set(fitting)
