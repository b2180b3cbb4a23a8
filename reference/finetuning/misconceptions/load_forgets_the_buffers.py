"""Only parameters are loaded."""

LOSES = ["load_pretrained"]
DIAGNOSIS = {
    "en": "parameters are loaded, the statistics of batchnorm are not",
    "ru": "загружены параметры, но не статистики batchnorm",
}
HINT = {
    "en": "named_parameters() holds no running_mean. What does state_dict() hold?",
    "ru": "В named_parameters() нет running_mean. А что есть в state_dict()?",
}


def load_pretrained(model, state):
    own = dict(model.named_parameters())
    left = set(state)
    for name, value in state.items():
        if name in own and own[name].shape == value.shape:
            own[name].data.copy_(value)
            left.remove(name)
    return left
