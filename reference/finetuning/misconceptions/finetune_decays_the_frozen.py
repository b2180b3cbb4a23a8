"""Frozen parameters are in the optimizer with gradients of zero."""

LOSES = ["finetune.frozen"]
DIAGNOSIS = {
    "en": "frozen weights are in the optimizer with zero gradients, and weight decay shrinks them",
    "ru": "замороженные веса попали в оптимизатор с нулевым градиентом, weight decay их сжимает",
}
HINT = {
    "en": "Hand the optimizer only what trains.",
    "ru": "Передайте оптимизатору только то, что обучается.",
}


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    optimizer = torch.optim.SGD(parameter_groups(model, lr), lr=lr, weight_decay=weight_decay)
    frozen = [parameter for parameter in model.parameters() if not parameter.requires_grad]
    if frozen:
        optimizer.add_param_group({"params": frozen, "lr": lr})
    set_modes(model)
    losses = []
    for batch in batches:
        loss = functional.cross_entropy(model(x[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        for parameter in frozen:
            parameter.grad = torch.zeros_like(parameter)
        optimizer.step()
        losses.append(loss.item())
    return model, losses
