"""The head is never loaded."""

LOSES = ["load_pretrained"]
DIAGNOSIS = {
    "en": "the head is left out even where it fits",
    "ru": "голова не загружается, даже когда подходит",
}
HINT = {
    "en": "What decides whether an entry fits: its name and shape, or the layer it belongs to?",
    "ru": "Что решает, подходит ли запись: имя и форма или слой, которому она принадлежит?",
}


def load_pretrained(model, state):
    own = model.state_dict()
    fitting = {
        name: value
        for name, value in state.items()
        if not name.startswith("head") and name in own and own[name].shape == value.shape
    }
    model.load_state_dict(fitting, strict=False)
    return set(state) - set(fitting)
