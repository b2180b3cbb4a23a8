"""The optimizer has momentum."""

LOSES = ["finetune"]
DIAGNOSIS = {
    "en": "the steps have momentum; plain SGD is asked",
    "ru": "у шагов есть momentum, а нужен простой SGD",
}
HINT = {
    "en": "Which arguments does your optimizer get?",
    "ru": "С какими аргументами создан оптимизатор?",
}


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    optimizer = torch.optim.SGD(
        parameter_groups(model, lr), lr=lr, momentum=0.9, weight_decay=weight_decay
    )
    set_modes(model)
    losses = []
    for batch in batches:
        loss = functional.cross_entropy(model(x[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses
