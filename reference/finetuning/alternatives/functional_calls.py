"""The network as a function of its parameters: torch.func differentiates, new values go back."""

import torch
from torch.func import functional_call, grad_and_value
from torch.nn import functional


def trainable(model):
    return {name: p.detach() for name, p in model.named_parameters() if p.requires_grad}


def finetune(model, x, y, batches, lr, weight_decay=0.0):
    set_modes(model)
    rates = {name: lr if name.startswith("head.") else lr / 10 for name in trainable(model)}

    def loss_of(values, buffers, points, classes):
        return functional.cross_entropy(
            functional_call(model, (values, buffers), (points,)), classes
        )

    losses = []
    for batch in batches:
        values = {name: value.clone() for name, value in trainable(model).items()}
        # Running statistics are moved in these copies, and then kept.
        buffers = {name: buffer.clone() for name, buffer in model.named_buffers()}
        slopes, loss = grad_and_value(loss_of)(values, buffers, x[batch], y[batch])
        with torch.no_grad():
            for name, slope in slopes.items():
                step = rates[name] * (slope + weight_decay * values[name])
                model.get_parameter(name).sub_(step)
            for name, buffer in buffers.items():
                model.get_buffer(name).copy_(buffer)
        losses.append(loss.item())
    return model, losses


def train_linear_probe(features, labels, num_classes, batches, lr, generator=None):
    def loss_of(values, points, classes):
        return functional.cross_entropy(functional.linear(points, *values), classes)

    start = torch.zeros(num_classes, features.shape[1] + 1).to(features)
    values = start[:, :-1], start[:, -1]
    for batch in batches:
        slopes, _ = grad_and_value(loss_of)(values, features[batch], labels[batch])
        values = tuple(v - lr * slope for v, slope in zip(values, slopes, strict=True))
    return values


def extract_features(model, x):
    state = {name: value.detach() for name, value in model.features.state_dict().items()}
    modes = [module.training for module in model.modules()]
    model.train(False)
    out = functional_call(model.features, state, x)
    for module, mode in zip(model.modules(), modes, strict=True):
        module.training = mode
    return out.detach()


def parameter_groups(model, lr):
    groups = {}
    for name in trainable(model):
        rate = lr if name.startswith("head.") else lr / 10
        groups.setdefault(rate, []).append(model.get_parameter(name))
    return [{"params": tuple(parameters), "lr": rate} for rate, parameters in groups.items()]
