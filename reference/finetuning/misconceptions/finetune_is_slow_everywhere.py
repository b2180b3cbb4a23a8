"""Every layer learns at lr / 10."""

LOSES = ["finetune"]
DIAGNOSIS = {
    "en": "the head too learns at lr / 10",
    "ru": "и голова учится с шагом lr / 10",
}
HINT = {
    "en": "The tenth is for what was pretrained: use parameter_groups(model, lr).",
    "ru": "Десятая часть — для предобученного: используйте parameter_groups(model, lr).",
}


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.SGD(trained, lr=lr / 10, weight_decay=weight_decay)
    set_modes(model)
    losses = []
    for batch in batches:
        loss = functional.cross_entropy(model(x[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses
