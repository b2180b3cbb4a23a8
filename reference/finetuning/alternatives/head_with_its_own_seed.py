"""A head as nn.Linear draws it, under a forked global generator; freezing from the top down."""

import torch
from torch import nn
from torch.nn import functional


def drawn_linear(width, classes, generator):
    """nn.Linear's own start, from a seed that the given generator has drawn."""
    if generator is None:
        return nn.Linear(width, classes)
    seed = torch.randint(2**62, (1,), generator=generator).item()
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return nn.Linear(width, classes)


def replace_head(model, num_classes, generator=None):
    like = model.head.weight
    head = drawn_linear(like.size(1), num_classes, generator)
    model.add_module("head", head.to(dtype=like.dtype, device=like.device))
    return model


def freeze(model, until):
    model.zero_grad(set_to_none=True)
    trains = True
    children = list(model.features.named_children())
    model.head.requires_grad_()
    if until == "head":
        trains = False
    for name, block in reversed(children):
        for parameter in block.parameters():
            parameter.requires_grad = trains
        block.train(trains)
        if f"features.{name}" == until:
            trains = False


def train_linear_probe(features, labels, num_classes, batches, lr, generator=None):
    probe = drawn_linear(features.shape[1], num_classes, generator).to(features)
    optimizer = torch.optim.SGD([{"params": [p], "lr": lr} for p in probe.parameters()])
    scheduler = torch.optim.lr_scheduler.ConstantLR(optimizer, factor=1.0)
    for batch in batches:
        optimizer.zero_grad()
        functional.cross_entropy(probe(features[batch]), labels[batch]).backward()
        optimizer.step()
        scheduler.step()
    return probe.requires_grad_(False)


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    groups = [{**group, "weight_decay": weight_decay} for group in parameter_groups(model, lr)]
    optimizer = torch.optim.SGD(groups, lr=lr, momentum=0.0, nesterov=False)
    model.train()
    model.apply(lambda m: m.eval() if is_frozen_norm(m) else None)
    losses = torch.zeros(len(batches), dtype=torch.float64)
    for step, batch in enumerate(batches):
        model.zero_grad()
        loss = functional.cross_entropy(model(x[batch]), y[batch])
        loss.backward()
        optimizer.step()
        losses[step] = loss.detach()
    return model, losses.tolist()


def is_frozen_norm(module):
    return isinstance(module, nn.BatchNorm1d) and not module.weight.requires_grad
