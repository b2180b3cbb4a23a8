"""The steps go up the gradient."""

LOSES = ["finetune", "near_finetune.converges", "far_finetune.converges"]
NAMED = False  # an accuracy at chance has many causes
DIAGNOSIS = {
    "en": "the steps go up the gradient: the loss grows",
    "ru": "шаги идут вверх по градиенту: потеря растёт",
}
HINT = {
    "en": "Which sign makes the loss smaller?",
    "ru": "С каким знаком потеря уменьшается?",
}


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    optimizer = torch.optim.SGD(parameter_groups(model, lr), lr=lr, weight_decay=weight_decay)
    set_modes(model)
    losses = []
    for batch in batches:
        loss = functional.cross_entropy(model(x[batch]), y[batch])
        optimizer.zero_grad()
        (-loss).backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses
