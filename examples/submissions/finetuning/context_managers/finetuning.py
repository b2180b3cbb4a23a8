# expect: full
"""Small classes and a context manager for the modes; prints as it goes, trains when it is run."""
from __future__ import annotations

from contextlib import contextmanager

import torch
from torch import Tensor, nn
from tqdm import tqdm


class Probe(nn.Module):
    def __init__(self, d: int, c: int, like: Tensor, generator=None):
        super().__init__()
        start = torch.randn(c, d, generator=generator) / (10 * d)
        self.weight = nn.Parameter(start.to(like))
        self.bias = nn.Parameter(like.new_zeros(c))

    def forward(self, x):
        return nn.functional.linear(x, self.weight, self.bias)


@contextmanager
def evaluating(model):
    was = {name: m.training for name, m in model.named_modules()}
    model.eval()
    try:
        with torch.no_grad():
            yield model
    finally:
        for name, m in model.named_modules():
            m.training = was[name]


def load_pretrained(model, state):
    own = model.state_dict()
    fits = [k for k in state if k in own and own[k].size() == state[k].size()]
    result = model.load_state_dict({k: state[k].clone() for k in fits}, strict=False)
    assert not result.unexpected_keys
    print(f"loaded {len(fits)} of {len(state)}")
    return set(state).difference(fits)


def replace_head(model, num_classes, generator=None):
    w = model.head.weight
    head = nn.Linear(w.shape[1], num_classes, device=w.device, dtype=w.dtype)
    nn.init.trunc_normal_(head.weight, std=0.02, generator=generator)
    nn.init.zeros_(head.bias)
    setattr(model, "head", head)
    return model


def freeze(model, until):
    reached = False
    for name, p in model.named_parameters():
        reached = reached or name.startswith(until + ".")
        p.requires_grad_(reached)
        if not reached:
            p.grad = None
    for m in model.modules():
        if isinstance(m, nn.BatchNorm1d):
            m.train(m.weight.requires_grad)


def extract_features(model, x):
    with evaluating(model):
        return model.features(x)


def train_linear_probe(features, labels, num_classes, batches, lr, generator=None):
    probe = Probe(features.shape[-1], num_classes, features, generator)
    for batch in tqdm(batches):
        loss = nn.CrossEntropyLoss()(probe(features[batch]), labels[batch])
        probe.zero_grad()
        loss.backward()
        for p in probe.parameters():
            p.data.sub_(lr * p.grad)
    return probe.weight.detach(), probe.bias.detach()


def parameter_groups(model, lr):
    groups = []
    for part, rate in ((model.head, lr), (model.features, lr / 10)):
        live = [p for p in part.parameters() if p.requires_grad]
        if live:
            groups.append(dict(params=live, lr=rate, name=type(part).__name__))
    return groups


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    optimizer = torch.optim.SGD(parameter_groups(model, lr), lr=lr, weight_decay=weight_decay, foreach=True)
    losses = []
    model.train()
    for m in model.modules():
        if isinstance(m, nn.BatchNorm1d) and not any(p.requires_grad for p in m.parameters()):
            m.eval()
    for step, batch in enumerate(batches):
        loss = nn.functional.nll_loss(model(x[batch]).log_softmax(dim=-1), y[batch])
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.detach())
        if step % 20 == 0:
            print(step, losses[-1])
    return model, losses


def choose_strategy(amount, similarity):
    match amount, similarity:
        case "little", "similar":
            return "linear_probe"
        case "little", "different":
            return "probe_early_layers"
        case "much", "similar":
            return "finetune_few"
        case "much", "different":
            return "finetune_many"


if __name__ == "__main__":
    import numpy as np
    from network import Net

    archive = np.load("data/pretrained.npz")
    print(load_pretrained(Net(), {k: torch.from_numpy(archive[k]) for k in archive.files}))
