"""Weight decay as a term of the loss; half the sum of squares of what trains."""

import torch
from torch import nn
from torch.nn import functional


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    alive = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.SGD(parameter_groups(model, lr))
    losses = []
    for batch in batches:
        model.train()
        for module in model.modules():
            if isinstance(module, nn.BatchNorm1d) and not module.weight.requires_grad:
                module.train(False)
        with torch.enable_grad():
            scores = model(x.index_select(0, batch))
            loss = functional.cross_entropy(scores, y.index_select(0, batch), reduction="sum")
            loss = loss / len(batch)
            decay = sum(parameter.square().sum() for parameter in alive) / 2
            optimizer.zero_grad(set_to_none=False)
            (loss + weight_decay * decay).backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses


def parameter_groups(model, lr):
    heads = {id(parameter) for parameter in model.head.parameters()}
    slow, fast = [], []
    for parameter in model.parameters():
        if parameter.requires_grad:
            (fast if id(parameter) in heads else slow).append(parameter)
    return [{"params": fast, "lr": lr}, {"params": slow, "lr": lr * 0.1}]


def train_linear_probe(features, labels, num_classes, batches, lr, generator=None):
    wide = functional.pad(features, (0, 1), value=1.0)
    both = torch.zeros(wide.shape[1], num_classes).to(features)
    right = functional.one_hot(labels, num_classes).to(features)
    for batch in batches:
        shares = functional.softmax(wide[batch] @ both, dim=-1)
        both = both + (lr / len(batch)) * wide[batch].T @ (right[batch] - shares)
    return both[:-1].T.contiguous(), both[-1].clone()


def extract_features(model, x):
    before = {module: module.training for module in model.modules()}
    h = x
    with torch.no_grad():
        for block in model.features.eval():
            h = block(h)
    for module, mode in before.items():
        module.training = mode
    return h


def freeze(model, until):
    parts = [(f"features.{name}", part) for name, part in model.features._modules.items()]
    parts += [("head", model.head)]
    while parts and parts[0][0] != until:
        _, part = parts.pop(0)
        for parameter in part.parameters():
            parameter.grad, parameter.requires_grad = None, False
        part.eval()
    for _, part in parts:
        part.requires_grad_(True)
        part.train()
