"""The losses are sums over the batch."""

LOSES = ["finetune.losses"]
DIAGNOSIS = {
    "en": "the reported losses are sums over the batch",
    "ru": "потери в ответе просуммированы по батчу",
}
HINT = {
    "en": "The mean over the batch is asked.",
    "ru": "Нужно среднее по батчу.",
}


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    optimizer = torch.optim.SGD(parameter_groups(model, lr), lr=lr, weight_decay=weight_decay)
    set_modes(model)
    losses = []
    for batch in batches:
        loss = functional.cross_entropy(model(x[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item() * len(batch))
    return model, losses
