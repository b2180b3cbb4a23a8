"""A whole state merged from the two and loaded strictly; layers counted from the input up."""

import torch
from torch import nn
from torch.nn import functional


def load_pretrained(model, state):
    own = model.state_dict()
    left = {name for name in state if name not in own or own[name].shape != state[name].shape}
    merged = own | {name: value for name, value in state.items() if name not in left}
    model.load_state_dict(merged, strict=True)
    return left


def replace_head(model, num_classes, generator=None):
    width, like = model.head.in_features, model.head.weight
    model.head = nn.Linear(width, num_classes, dtype=like.dtype, device=like.device)
    start = torch.rand(num_classes, width, generator=generator, dtype=like.dtype)
    model.head.load_state_dict(
        {"weight": (2 * start - 1) / width**0.5, "bias": torch.zeros(num_classes)}
    )
    return model


def freeze(model, until):
    layers = [*model.features, model.head]
    names = [*(f"features.{name}" for name, _ in model.features.named_children()), "head"]
    for place, layer in enumerate(layers):
        trains = place >= names.index(until)
        layer.requires_grad_(trains)
        for module in layer.modules():
            if isinstance(module, nn.BatchNorm1d):
                module.train(trains)
        if not trains:
            layer.zero_grad(set_to_none=True)


def parameter_groups(model, lr):
    rates = [lr / 10] * len(model.features) + [lr]
    return [
        {"params": [p for p in layer.parameters() if p.requires_grad], "lr": rate}
        for layer, rate in zip([*model.features, model.head], rates, strict=True)
    ]


def train_linear_probe(features, labels, num_classes, batches, lr, generator=None):
    weight = features.new_zeros(num_classes, features.shape[1], requires_grad=True)
    bias = features.new_zeros(num_classes, requires_grad=True)
    for batch in batches:
        with torch.enable_grad():
            scores = functional.linear(features[batch], weight, bias)
            loss = functional.nll_loss(scores.log_softmax(dim=1), labels[batch])
        loss.backward()
        for value in (weight, bias):
            value.data -= lr * value.grad
            value.grad = None
    return weight.detach(), bias.detach()


def choose_strategy(amount, similarity):
    table = ["linear_probe", "probe_early_layers", "finetune_few", "finetune_many"]
    return table[2 * (amount == "much") + (similarity == "different")]
