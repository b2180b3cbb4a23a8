"""Gradients are never cleared."""

LOSES = ["finetune"]
DIAGNOSIS = {
    "en": "gradients pile up from step to step",
    "ru": "градиенты накапливаются от шага к шагу",
}
HINT = {
    "en": "What does backward() do to a gradient that is already there?",
    "ru": "Что делает backward() с уже имеющимся градиентом?",
}


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    optimizer = torch.optim.SGD(parameter_groups(model, lr), lr=lr, weight_decay=weight_decay)
    set_modes(model)
    losses = []
    for batch in batches:
        loss = functional.cross_entropy(model(x[batch]), y[batch])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses
