"""Work on deep copies: the model that is returned is another one than came in."""

import copy

import torch
from torch import nn
from torch.nn import functional


def replace_head(model, num_classes, generator=None):
    twin = copy.deepcopy(model)
    old = twin.head.weight
    twin.head = nn.Linear(old.shape[1], num_classes)
    nn.init.orthogonal_(twin.head.weight, generator=generator)
    nn.init.constant_(twin.head.bias, 0.01)
    twin.head.to(old)
    return twin


def extract_features(model, x):
    twin = copy.deepcopy(model.features).eval().requires_grad_(False)
    return twin(x)


def load_pretrained(model, state):
    own = model.state_dict()
    fitting = {name for name in own.keys() & state.keys() if own[name].shape == state[name].shape}
    model.load_state_dict({name: copy.deepcopy(state[name]) for name in fitting}, strict=False)
    return state.keys() - fitting


def train_linear_probe(features, labels, num_classes, batches, lr, generator=None):
    probe = nn.Linear(features.shape[1], num_classes).to(features)
    for parameter in probe.parameters():
        nn.init.zeros_(parameter)
    for batch in batches:
        before = copy.deepcopy(probe)
        with torch.enable_grad():
            functional.cross_entropy(before(features[batch]), labels[batch]).backward()
        with torch.no_grad():
            for moved, old in zip(probe.parameters(), before.parameters(), strict=True):
                moved.copy_(old - lr * old.grad)
    return probe


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    twin, losses = copy.deepcopy(model), []
    optimizer = torch.optim.SGD(parameter_groups(twin, lr), lr=lr, weight_decay=weight_decay)
    for module in twin.modules():
        frozen = isinstance(module, nn.BatchNorm1d) and not module.weight.requires_grad
        module.training = not frozen
    for batch in batches:
        with torch.enable_grad():
            loss = functional.cross_entropy(twin(x[batch]), y[batch])
        twin.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    return twin, losses
