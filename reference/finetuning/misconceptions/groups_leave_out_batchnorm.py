"""The parameters of batchnorm are in no group."""

LOSES = ["parameter_groups"]
DIAGNOSIS = {
    "en": "gamma and beta of batchnorm are in no group, so that they never train",
    "ru": "gamma и beta нет ни в одной группе, они не обучаются",
}
HINT = {
    "en": "Count the parameters of the groups, and those of the model that need a gradient.",
    "ru": "Сравните число параметров в группах и тех, которым нужен градиент.",
}


_groups = parameter_groups


def parameter_groups(model, lr):
    left_out = {id(parameter) for norm in norms_in(model) for parameter in norm.parameters()}
    groups = [
        {**group, "params": [p for p in group["params"] if id(p) not in left_out]}
        for group in _groups(model, lr)
    ]
    return [group for group in groups if group["params"]]
