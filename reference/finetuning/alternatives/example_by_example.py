"""The probe example by example, the model module by module."""

import torch
from torch import nn


def load_pretrained(model, state):
    left = set()
    for name, value in state.items():
        path, _, leaf = name.rpartition(".")
        module = model
        for part in path.split(".") if path else ():
            module = getattr(module, part, None)
        own = getattr(module, leaf, None)
        if not isinstance(own, torch.Tensor) or own.shape != value.shape:
            left.add(name)
            continue
        own.data = value.detach().clone().to(device=own.device, dtype=own.dtype)
    return left


def freeze(model, until):
    reached = False
    for name, module in model.named_modules():
        reached = reached or name == until
        if name in ("", "features"):
            continue
        for parameter in module.parameters(recurse=False):
            parameter.requires_grad_(reached)
            parameter.grad = parameter.grad if reached else None
        if isinstance(module, nn.modules.batchnorm._BatchNorm):
            module.training = reached


def train_linear_probe(features, labels, num_classes, batches, lr, generator=None):
    weight = features.new_zeros(num_classes, features.shape[1])
    bias = features.new_zeros(num_classes)
    for batch in batches:
        dweight, dbias = torch.zeros_like(weight), torch.zeros_like(bias)
        for point, label in zip(features[batch], labels[batch].tolist(), strict=True):
            wrong = torch.softmax(weight.mv(point) + bias, dim=0)
            wrong[label] -= 1
            dweight.addr_(wrong, point)
            dbias.add_(wrong)
        weight.add_(dweight, alpha=-lr / len(batch))
        bias.add_(dbias, alpha=-lr / len(batch))
    return nn.Parameter(weight), nn.Parameter(bias)


def parameter_groups(model, lr):
    groups = [{"lr": lr / 10, "params": []}, {"lr": lr, "params": []}]
    for block in model.features.children():
        groups[0]["params"] += [p for p in block.parameters() if p.requires_grad]
    groups[1]["params"] += [p for p in model.head.parameters() if p.requires_grad]
    return groups


def extract_features(model, x):
    modes = [(module, module.training) for module in model.modules()]
    for module, _ in modes:
        module.training = False
    with torch.set_grad_enabled(False):
        rows = [model.features(row.unsqueeze(0)) for row in x]
    for module, mode in modes:
        module.training = mode
    return torch.cat(rows)
