"""Parameters and buffers one at a time, found by their names."""

import torch
from torch import nn


def entries(model):
    """All parameters and buffers by name."""
    return {**dict(model.named_parameters()), **dict(model.named_buffers())}


def load_pretrained(model, state):
    own, left = entries(model), set()
    with torch.no_grad():
        for name, value in state.items():
            if name in own and own[name].size() == value.size():
                own[name].copy_(value)
            else:
                left.add(name)
    return left


def freeze(model, until):
    # Parameters come in the order of the layers, from the input up.
    trains, frozen = False, set()
    for name, parameter in model.named_parameters():
        trains = trains or name.startswith(f"{until}.")
        parameter.requires_grad = trains
        if not trains:
            parameter.grad = None
            frozen.add(name.rpartition(".")[0])
    for name, module in model.named_modules():
        if isinstance(module, nn.BatchNorm1d):
            module.train(name not in frozen)


def parameter_groups(model, lr):
    groups = []
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            rate = lr if name.split(".")[0] == "head" else lr / 10
            groups.append({"params": [parameter], "lr": rate})
    return groups


def extract_features(model, x):
    modes = {name: module.training for name, module in model.named_modules()}
    model.eval()
    with torch.inference_mode():
        out = model.features(x).clone()
    for name, mode in modes.items():
        model.get_submodule(name).training = mode
    return out


def choose_strategy(amount, similarity):
    if similarity == "similar":
        return "linear_probe" if amount == "little" else "finetune_few"
    return "probe_early_layers" if amount == "little" else "finetune_many"
