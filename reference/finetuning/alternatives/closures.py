"""torch.optim.SGD with a closure; modes kept by a context manager."""

from contextlib import contextmanager

import torch
from torch import nn


@contextmanager
def evaluating(model):
    """All modules in eval mode, and back in their own afterwards."""
    training = [module for module in model.modules() if module.training]
    model.eval()
    try:
        yield model
    finally:
        for module in training:
            module.training = True


def extract_features(model, x):
    with evaluating(model), torch.no_grad():
        return nn.Sequential(*model.features.children())(x)


def norms(module):
    return filter(lambda part: hasattr(part, "running_mean"), module.modules())


def freeze(model, until):
    model.requires_grad_(True)
    for norm in norms(model):
        norm.train()
    for name, part in (*model.features.named_children(), ("head", model.head)):
        if until in (name, f"features.{name}"):
            return
        part.requires_grad_(False)
        part.zero_grad()
        for norm in norms(part):
            norm.eval()


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    optimizer = torch.optim.SGD(
        parameter_groups(model, lr), lr, weight_decay=weight_decay, foreach=False
    )
    criterion = nn.CrossEntropyLoss()
    model.train()
    for norm in norms(model):
        norm.train(norm.weight.requires_grad)

    def step_on(batch):
        def closure():
            optimizer.zero_grad()
            loss = criterion(model(x[batch]), y[batch])
            loss.backward()
            return loss

        return float(optimizer.step(closure).detach())

    losses = [step_on(batch) for batch in batches]
    return model.eval(), losses


def train_linear_probe(features, labels, num_classes, batches, lr, generator=None):
    probe = nn.utils.skip_init(
        nn.Linear, features.shape[1], num_classes, dtype=features.dtype, device=features.device
    )
    probe.load_state_dict({name: torch.zeros_like(p) for name, p in probe.named_parameters()})
    optimizer = torch.optim.SGD(probe.parameters(), lr=lr)
    for batch in batches:
        logits = probe(features[batch])
        loss = nn.CrossEntropyLoss()(logits, labels[batch])
        probe.zero_grad()
        loss.backward()
        optimizer.step()
    return probe
