"""model.train() puts frozen batchnorm back into train mode."""

LOSES = ["finetune.frozen"]
DIAGNOSIS = {
    "en": "model.train() woke the frozen batchnorm layers: their statistics drift",
    "ru": "model.train() разбудил замороженный batchnorm: его статистики плывут",
}
HINT = {
    "en": "Put frozen batchnorm into eval mode after every model.train().",
    "ru": "Возвращайте замороженный batchnorm в eval после каждого model.train().",
}


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    optimizer = torch.optim.SGD(parameter_groups(model, lr), lr=lr, weight_decay=weight_decay)
    model.train()
    losses = []
    for batch in batches:
        loss = functional.cross_entropy(model(x[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses
