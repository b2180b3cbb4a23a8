"""The model works on the tensors of state themselves."""

LOSES = ["load_pretrained.by_value"]
DIAGNOSIS = {
    "en": "the model and state share their tensors, so training the model changes state",
    "ru": "у модели и state общие тензоры: обучение модели меняет state",
}
HINT = {
    "en": "Copy the numbers into the model's own tensors.",
    "ru": "Копируйте числа в собственные тензоры модели.",
}


def load_pretrained(model, state):
    own = {**dict(model.named_parameters()), **dict(model.named_buffers())}
    left = set(state)
    for name, value in state.items():
        if name in own and own[name].shape == value.shape:
            own[name].data = value.to(own[name].dtype)
            left.remove(name)
    return left
