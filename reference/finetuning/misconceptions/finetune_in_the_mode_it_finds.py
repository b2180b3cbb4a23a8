"""The network trains in the mode it comes in."""

LOSES = ["finetune"]
DIAGNOSIS = {
    "en": "a network that comes in eval mode is trained in eval mode",
    "ru": "сеть, пришедшая в eval, обучается в eval",
}
HINT = {
    "en": "Call model.train() before the loop.",
    "ru": "Перед циклом вызовите model.train().",
}


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    optimizer = torch.optim.SGD(parameter_groups(model, lr), lr=lr, weight_decay=weight_decay)
    for norm in norms_in(model):
        if not norm.weight.requires_grad:
            norm.eval()
    losses = []
    for batch in batches:
        loss = functional.cross_entropy(model(x[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses
