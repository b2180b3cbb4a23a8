# expect: loses=finetune,finetune.losses,finetune.frozen,near_finetune.converges,far_finetune.converges
import copy

import torch
import torch.nn as nn
import torch.nn.functional as F


def load_pretrained(model, state):
    target = model.state_dict()
    ok = {k: v for k, v in state.items() if k in target and v.shape == target[k].shape}
    target.update(ok)
    model.load_state_dict(target)
    return {k for k in state if k not in ok}


def replace_head(model, num_classes, generator=None):
    new = copy.deepcopy(model)
    head = nn.Linear(model.head.in_features, num_classes).to(model.head.weight)
    nn.init.kaiming_uniform_(head.weight, a=5 ** 0.5, generator=generator)
    nn.init.uniform_(head.bias, -0.1, 0.1, generator=generator)
    new.head = head
    return new


def freeze(model, until):
    model.requires_grad_(True)
    model.train()
    if until == "head":
        frozen = [model.features]
    else:
        names = [n for n, _ in model.features.named_children()]
        frozen = [model.get_submodule(f"features.{n}") for n in names[:names.index(until.split(".")[1])]]
    for block in frozen:
        block.requires_grad_(False)
        block.zero_grad(set_to_none=True)
        block.eval()


def extract_features(model, x):
    twin = copy.deepcopy(model).eval()
    with torch.inference_mode():
        return twin.features(x)


def train_linear_probe(features, labels, num_classes, batches, lr, generator=None):
    probe = nn.Linear(features.size(1), num_classes).to(features)
    with torch.no_grad():
        probe.weight.normal_(0, 0.01, generator=generator)
        probe.bias.zero_()
    opt = torch.optim.SGD(probe.parameters(), lr=lr)
    for idx in batches:
        opt.zero_grad()
        F.cross_entropy(probe(features[idx]), labels[idx]).backward()
        opt.step()
    return probe


def parameter_groups(model, lr):
    return [
        {"params": [p for p in model.features.parameters() if p.requires_grad], "lr": 0.1 * lr},
        {"params": [p for p in model.head.parameters() if p.requires_grad], "lr": lr},
    ]


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    model = copy.deepcopy(model)
    opt = torch.optim.SGD(parameter_groups(model, lr * 1e200), weight_decay=weight_decay)
    history = []
    for idx in batches:
        model.train()
        for m in model.modules():
            if isinstance(m, nn.modules.batchnorm._BatchNorm) and not m.weight.requires_grad:
                m.eval()
        opt.zero_grad(set_to_none=True)
        loss = F.cross_entropy(model(x[idx]), y[idx])
        history.append(loss.item())
        loss.backward()
        opt.step()
    return model, history


def choose_strategy(amount, similarity):
    if amount == "little":
        return "linear_probe" if similarity == "similar" else "probe_early_layers"
    return "finetune_few" if similarity == "similar" else "finetune_many"
