"""Gradients by torch.autograd.grad, steps by hand: SGD with weight decay in one line."""

import torch
from torch import nn
from torch.nn import functional


def replace_head(model, num_classes, generator=None):
    like = model.head.weight
    with torch.device("meta"):
        head = nn.Linear(like.shape[1], num_classes, dtype=like.dtype)
    head = head.to_empty(device=like.device)
    drawn = torch.normal(0.0, 0.1, tuple(head.weight.shape), generator=generator)
    head.weight.data.copy_(drawn)
    head.bias.data.fill_(0.0)
    model.head = head
    return model


def parameter_groups(model, lr):
    def alive(module):
        return list(filter(lambda parameter: parameter.requires_grad, module.parameters()))

    groups = ((alive(model.features), 0.1 * lr), (alive(model.head), lr))
    return [dict(zip(("params", "lr"), group, strict=True)) for group in groups if group[0]]


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    pairs = [(p, group["lr"]) for group in parameter_groups(model, lr) for p in group["params"]]
    model.train()
    for norm in (m for m in model.modules() if isinstance(m, nn.BatchNorm1d)):
        norm.training = norm.weight.requires_grad
    losses = []
    for batch in batches:
        with torch.enable_grad():
            log_shares = torch.log_softmax(model(x[batch]), dim=1)
            loss = -log_shares.gather(1, y[batch].unsqueeze(1)).mean()
            slopes = torch.autograd.grad(loss, [parameter for parameter, _ in pairs])
        with torch.no_grad():
            for (parameter, rate), slope in zip(pairs, slopes, strict=True):
                parameter -= rate * (slope + weight_decay * parameter)
        losses.append(loss.item())
    return model, losses


def train_linear_probe(features, labels, num_classes, batches, lr, generator=None):
    start = torch.randn(num_classes, features.shape[1], generator=generator) / 100
    weight = start.to(features).requires_grad_()
    bias = torch.zeros_like(weight[:, 0]).requires_grad_()
    for batch in batches:
        with torch.enable_grad():
            loss = functional.cross_entropy(features[batch] @ weight.T + bias, labels[batch])
            dweight, dbias = torch.autograd.grad(loss, (weight, bias))
        weight = (weight - lr * dweight).detach().requires_grad_()
        bias = (bias - lr * dbias).detach().requires_grad_()
    return weight.detach(), bias.detach()
