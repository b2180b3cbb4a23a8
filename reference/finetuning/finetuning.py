"""The solution: what torch has for it, nothing else.

`pretrain` at the end is no part of the task: checks ask the reference for a network that was
trained on one task, to hand it to the students' functions on another.
"""

from __future__ import annotations

import torch
from network import Net
from torch import nn
from torch.nn import functional

NORMS = (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)


def load_pretrained(model, state):
    own = model.state_dict()
    fitting = {
        name: value
        for name, value in state.items()
        if name in own and own[name].shape == value.shape
    }
    model.load_state_dict(fitting, strict=False)
    return set(state) - set(fitting)


def replace_head(model, num_classes, generator=None):
    old = model.head.weight
    size = {"in_features": old.shape[1], "out_features": num_classes}
    # nn.Linear's own start would use up the global generator.
    head = nn.utils.skip_init(nn.Linear, **size, dtype=old.dtype, device=old.device)
    spread = old.shape[1] ** -0.5
    with torch.no_grad():
        # Drawn on the CPU, where a generator gives the same numbers whatever the device.
        drawn = torch.randn(head.weight.shape, dtype=old.dtype, generator=generator)
        head.weight.copy_(spread * drawn)
        head.bias.zero_()
    model.head = head
    return model


def freeze(model, until):
    parts = [(f"features.{name}", child) for name, child in model.features.named_children()]
    parts.append(("head", model.head))
    trains = False
    for name, part in parts:
        trains = trains or name == until
        for parameter in part.parameters():
            parameter.requires_grad_(trains)
            if not trains:
                parameter.grad = None
        for norm in norms_in(part):
            norm.train(trains)


def norms_in(module):
    """The batchnorm layers in a module, itself included."""
    return [part for part in module.modules() if isinstance(part, NORMS)]


def extract_features(model, x):
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    with torch.no_grad():
        out = model.features(x)
    for module, mode in modes:
        module.training = mode
    return out


def train_linear_probe(features, labels, num_classes, batches, lr, generator=None):
    # Softmax regression is convex: there is no symmetry to break, and zeros are a fine start.
    weight = features.new_zeros((num_classes, features.shape[1]))
    bias = features.new_zeros(num_classes)
    for batch in batches:
        x, y = features[batch], labels[batch]
        dlogits = (torch.softmax(x @ weight.T + bias, dim=1) - one_hot(y, weight)) / len(y)
        weight -= lr * (dlogits.T @ x)
        bias -= lr * dlogits.sum(dim=0)
    return weight, bias


def one_hot(labels, like):
    """Rows of the identity, one for each label, in the dtype of `like`, a row for each class."""
    return torch.eye(len(like), dtype=like.dtype, device=like.device)[labels]


def parameter_groups(model, lr):
    head = [parameter for parameter in model.head.parameters() if parameter.requires_grad]
    rest = [parameter for parameter in model.features.parameters() if parameter.requires_grad]
    groups = [{"params": head, "lr": lr}, {"params": rest, "lr": lr / 10}]
    return [group for group in groups if group["params"]]


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    optimizer = torch.optim.SGD(parameter_groups(model, lr), lr=lr, weight_decay=weight_decay)
    set_modes(model)
    losses = []
    for batch in batches:
        loss = functional.cross_entropy(model(x[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses


def set_modes(model):
    """Train mode, but for the batchnorm layers whose parameters are frozen."""
    model.train()
    for norm in norms_in(model):
        if not norm.weight.requires_grad:
            norm.eval()


def choose_strategy(amount, similarity):
    return {
        ("little", "similar"): "linear_probe",
        ("little", "different"): "probe_early_layers",
        ("much", "similar"): "finetune_few",
        ("much", "different"): "finetune_many",
    }[amount, similarity]


# --- for the checks only ---------------------------------------------------------------------


def pretrain(state, x, y, batches, lr):
    """A network of the widths of `state` trained from there, every layer at the same lr; its state
    is returned in the dtype and on the device of x."""
    model = Net((x.shape[1], *widths(state)), len(state["head.bias"]))
    model.load_state_dict(state, assign=True)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for batch in batches:
        loss = functional.cross_entropy(model(x[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return {name: value.detach() for name, value in model.state_dict().items()}


def widths(state):
    """The numbers of outputs of the blocks in `state`, from the input up."""
    return [len(value) for name, value in state.items() if name.endswith("linear.bias")]
