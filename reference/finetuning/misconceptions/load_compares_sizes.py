"""Entries with as many numbers are reshaped until they fit."""

LOSES = ["load_pretrained"]
DIAGNOSIS = {
    "en": "entries with the same count of numbers are taken for fitting, whatever their shape",
    "ru": "подходящими сочтены записи с тем же количеством чисел, какой бы ни была форма",
}
HINT = {
    "en": "May a (4, 6) weight stand in for a (6, 4) one?",
    "ru": "Можно ли подставить вес (4, 6) вместо (6, 4)?",
}


def load_pretrained(model, state):
    own = model.state_dict()
    fitting = {
        name: value.reshape(own[name].shape)
        for name, value in state.items()
        if name in own and own[name].numel() == value.numel()
    }
    model.load_state_dict(fitting, strict=False)
    return set(state) - set(fitting)
