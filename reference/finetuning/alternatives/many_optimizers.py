"""One optimizer for each group; the start of head and probe from a uniform distribution."""

import torch
from torch import nn
from torch.nn import functional


def replace_head(model, num_classes, generator=None):
    old = model.head
    new = nn.Linear(old.in_features, num_classes).type(old.weight.dtype).to(old.weight.device)
    bound = 1 / old.in_features**0.5
    for parameter in new.parameters():
        noise = torch.empty(parameter.shape).uniform_(-bound, bound, generator=generator)
        parameter.data = noise.to(parameter)
    model.head = new
    return model


def parameter_groups(model, lr):
    """Weights and the rest apart, as one does who decays only the weights."""
    groups = {
        ("features", True): [],
        ("features", False): [],
        ("head", True): [],
        ("head", False): [],
    }
    for name, parameter in model.named_parameters():
        groups[name.partition(".")[0], parameter.ndim > 1].append(parameter)
    rates = {"features": lr / 10, "head": lr}
    answer = []
    for (part, _), parameters in groups.items():
        kept = [parameter for parameter in parameters if parameter.requires_grad]
        if kept:
            answer.append({"params": kept, "lr": rates[part], "momentum": 0.0})
    return answer


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    optimizers = [
        torch.optim.SGD([group], lr=group["lr"], weight_decay=weight_decay)
        for group in parameter_groups(model, lr)
    ]
    losses = []
    model.train()
    for block in model.features:
        if not block.norm.weight.requires_grad:
            block.norm.eval()
    for xs, ys in ((x[batch], y[batch]) for batch in batches):
        loss = functional.cross_entropy(model.head(model.features(xs)), ys)
        for optimizer in optimizers:
            optimizer.zero_grad()
        loss.backward()
        for optimizer in optimizers:
            optimizer.step()
        losses.append(loss.detach().cpu().numpy().item())
    return model, losses


def train_linear_probe(features, labels, num_classes, batches, lr, generator=None):
    start = torch.rand(num_classes, features.shape[1] + 1, generator=generator)
    rows = [row.clone() for row in start.sub(0.5).div(50).to(features)]
    ones = torch.ones_like(features[:, :1])
    for batch in batches:
        inputs = torch.cat([features[batch], ones[batch]], dim=1)
        shares = torch.stack([inputs @ row for row in rows], dim=1).softmax(dim=1)
        for label, row in enumerate(rows):
            wrong = shares[:, label] - (labels[batch] == label).to(shares)
            row -= lr * (wrong @ inputs) / len(batch)
    both = torch.stack(rows)
    return both[:, :-1], both[:, -1]
