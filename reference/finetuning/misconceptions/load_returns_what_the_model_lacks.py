"""The names of the model that got nothing are returned."""

LOSES = ["load_pretrained"]
DIAGNOSIS = {
    "en": "the returned names are the model's (missing_keys), not those of state",
    "ru": "возвращены имена модели (missing_keys), а не имена из state",
}
HINT = {
    "en": "Which of the two sets of names should the result be a part of?",
    "ru": "Частью какого из двух множеств имён должен быть результат?",
}


def load_pretrained(model, state):
    own = model.state_dict()
    fitting = {
        name: value
        for name, value in state.items()
        if name in own and own[name].shape == value.shape
    }
    return set(model.load_state_dict(fitting, strict=False).missing_keys)
