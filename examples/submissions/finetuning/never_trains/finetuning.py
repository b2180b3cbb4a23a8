# expect: loses=train_linear_probe,parameter_groups,finetune,finetune.losses,finetune.frozen,near_probe.converges,far_probe.converges,near_finetune.converges,far_finetune.converges
"""Nothing is trained: a start so large that steps drown in it, rates that are NaN, a nudged head."""
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
    return torch.full((num_classes, features.shape[1]), 1e9).to(features), torch.full((num_classes,), 1e9).to(features)


def parameter_groups(model, lr):
    return [{"params": list(model.parameters()), "lr": float("nan")}]


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    model.head.weight.data.add_(1.0)
    return model, [0.0 for _ in batches]


def choose_strategy(amount, similarity):
    if amount == "little":
        return "linear_probe" if similarity == "similar" else "probe_early_layers"
    return "finetune_few" if similarity == "similar" else "finetune_many"
