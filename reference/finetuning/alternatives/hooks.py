"""Hooks listen in: features on their way to the head, names to be loaded, losses, steps."""

import torch
from torch import nn
from torch.nn import functional


def extract_features(model, x):
    modes, heard = [(m, m.training) for m in model.modules()], []
    hook = model.head.register_forward_pre_hook(lambda _, inputs: heard.append(inputs[0]))
    try:
        model.eval()
        with torch.no_grad():
            model(x)
    finally:
        hook.remove()
        for module, mode in modes:
            module.training = mode
    return heard.pop()


def load_pretrained(model, state):
    refused = set(state)

    def sift(_module, incoming, *_):
        own = {**dict(model.named_parameters()), **dict(model.named_buffers())}
        for name in list(incoming):
            if name in own and own[name].shape == incoming[name].shape:
                refused.discard(name)
            else:
                del incoming[name]

    hook = model.register_load_state_dict_pre_hook(sift)
    model.load_state_dict(dict(state), strict=False)
    hook.remove()
    return refused


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    losses = []
    criterion = nn.CrossEntropyLoss()
    hook = criterion.register_forward_hook(lambda _m, _i, loss: losses.append(loss.item()))
    optimizer = torch.optim.SGD(parameter_groups(model, lr), lr=lr, weight_decay=weight_decay)
    optimizer.register_step_post_hook(lambda done, _args, _kwargs: done.zero_grad())
    optimizer.zero_grad()
    for module in model.train().modules():
        if isinstance(module, nn.BatchNorm1d) and module.weight.requires_grad is False:
            module.eval()
    with torch.enable_grad():
        for batch in batches:
            criterion(model(functional.embedding(batch, x)), y[batch]).backward()
            optimizer.step()
    hook.remove()
    return model, losses
