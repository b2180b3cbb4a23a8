"""The losses are those after the step."""

import copy

LOSES = ["finetune.losses"]
DIAGNOSIS = {
    "en": "the loss is computed after the step",
    "ru": "потеря вычислена после шага",
}
HINT = {
    "en": "The loss before the step is the one that was differentiated.",
    "ru": "До шага — это та потеря, которую дифференцировали.",
}


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    optimizer = torch.optim.SGD(parameter_groups(model, lr), lr=lr, weight_decay=weight_decay)
    set_modes(model)
    losses = []
    for batch in batches:
        optimizer.zero_grad()
        functional.cross_entropy(model(x[batch]), y[batch]).backward()
        optimizer.step()
        with torch.no_grad():
            again = functional.cross_entropy(copy.deepcopy(model)(x[batch]), y[batch])
        losses.append(again.item())
    return model, losses
