"""Transfer learning: carry a trained network over to another task.

Write the bodies; keep the names and the arguments. Conventions are in README.md, the network is in
network.py: `model` is always a `network.Net` of some widths, with `features` (blocks of linear,
norm, relu) and `head` (an nn.Linear). `model` may be float64 or float32, on any device; what you
return has its dtype and device. Arguments other than `model` are never modified.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

# BEGIN SOLUTION
# The solution: what torch has for it, nothing else.
#
# `pretrain` and `features_of` at the end are no part of the task: checks ask the reference for a
# network that was trained on one task, to hand it to the students' functions on another.
# isort: split
from network import Net
from torch.nn import functional

NORMS = (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)
# END SOLUTION


def load_pretrained(model: nn.Module, state: dict[str, Tensor]) -> set[str]:
    """Copy into the model every entry of `state` that fits, parameters and buffers alike.

    An entry fits when the model has one of the same name and shape, in the head too.

    Args:
        model: changed in place; its own dtype stays.
        state: names and tensors, as state_dict() gives them. Stays as it was, also when the model
            is trained later.

    Returns:
        the names of `state` that were not loaded.
    """
    # BEGIN SOLUTION
    own = model.state_dict()
    fitting = {
        name: value
        for name, value in state.items()
        if name in own and own[name].shape == value.shape
    }
    model.load_state_dict(fitting, strict=False)
    return set(state) - set(fitting)
    # END SOLUTION


def replace_head(
    model: nn.Module, num_classes: int, generator: torch.Generator | None = None
) -> nn.Module:
    """Give the model a new linear head for another number of classes (or the same number).

    Args:
        model: changed in place, or copied.
        num_classes: outputs of the new head.
        generator: the head's random numbers follow from it alone; None for torch's own.

    Returns:
        the model with the new head: an nn.Linear with bias, in the old one's dtype, trainable, not
        zero. Everything else is what it was.
    """
    # BEGIN SOLUTION
    old = model.head.weight
    size = {"in_features": old.shape[1], "out_features": num_classes}
    # nn.Linear's own start would use up the global generator.
    head = nn.utils.skip_init(nn.Linear, **size, dtype=old.dtype, device=old.device)
    spread = old.shape[1] ** -0.5
    with torch.no_grad():
        # Drawn on the CPU, where a generator gives the same numbers whatever the device.
        drawn = torch.randn(head.weight.shape, dtype=old.dtype, generator=generator)
        head.weight.copy_(spread * drawn)
        head.bias.zero_()
    model.head = head
    return model
    # END SOLUTION


def freeze(model: nn.Module, until: str) -> None:
    """Freeze what comes before `until`; `until` itself and what follows trains.

    Frozen parameters need no gradient and keep none (`grad` is None); frozen batchnorm layers are
    in eval mode, those that train in train mode. Changes the model in place; calling it again with
    another name gives what that call alone would have given.

    Args:
        until: "head", or a child of features: "features.block2".
    """
    # BEGIN SOLUTION
    parts = [(f"features.{name}", child) for name, child in model.features.named_children()]
    parts.append(("head", model.head))
    trains = False
    for name, part in parts:
        trains = trains or name == until
        for parameter in part.parameters():
            parameter.requires_grad_(trains)
            if not trains:
                parameter.grad = None
        for norm in norms_in(part):
            norm.train(trains)
    # END SOLUTION


# BEGIN SOLUTION
def norms_in(module):
    """The batchnorm layers in a module, itself included."""
    return [part for part in module.modules() if isinstance(part, NORMS)]


# END SOLUTION


def extract_features(model: nn.Module, x: Tensor) -> Tensor:
    """What `model.features` makes of x in eval mode, without a graph.

    Args:
        model: afterwards exactly as before, the mode of every module included.
        x: (N, d0).

    Returns:
        features (N, D).
    """
    # BEGIN SOLUTION
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    with torch.no_grad():
        out = model.features(x)
    for module, mode in modes:
        module.training = mode
    return out
    # END SOLUTION


def train_linear_probe(
    features: Tensor,
    labels: Tensor,
    num_classes: int,
    batches: list[Tensor],
    lr: float,
    generator: torch.Generator | None = None,
) -> Any:
    """Train a linear classifier on features by plain minibatch SGD, one step a batch.

    The loss is the mean softmax cross-entropy over the batch. The start is yours: zeros, or small
    random numbers that follow from `generator` alone, none above 10 in size. With lr = 0 the start
    is what comes back.

    Args:
        features: (N, D).
        labels: (N,), int64 in [0, num_classes).
        batches: index tensors into the N examples, in the order of the steps; sizes may differ.
        lr: the learning rate.

    Returns:
        weight (num_classes, D) and bias (num_classes,) in the dtype of features, or an nn.Linear.
    """
    # BEGIN SOLUTION
    weight = features.new_zeros((num_classes, features.shape[1]))
    bias = features.new_zeros(num_classes)
    for batch in batches:
        x, y = features[batch], labels[batch]
        dlogits = (torch.softmax(x @ weight.T + bias, dim=1) - one_hot(y, weight)) / len(y)
        weight -= lr * (dlogits.T @ x)
        bias -= lr * dlogits.sum(dim=0)
    return weight, bias
    # END SOLUTION


# BEGIN SOLUTION
def one_hot(labels, like):
    """Rows of the identity, one for each label, in the dtype of `like`, a row for each class."""
    return torch.eye(len(like), dtype=like.dtype, device=like.device)[labels]


# END SOLUTION


def parameter_groups(model: nn.Module, lr: float) -> list[dict[str, Any]]:
    """Groups for a torch optimizer: the head learns at lr, the features at lr / 10.

    Args:
        model: some parameters may be frozen (requires_grad is False); they are in no group.
        lr: the head's learning rate.

    Returns:
        a list of {"params": [...], "lr": ...}; each parameter is in one group at most.
    """
    # BEGIN SOLUTION
    head = [parameter for parameter in model.head.parameters() if parameter.requires_grad]
    rest = [parameter for parameter in model.features.parameters() if parameter.requires_grad]
    groups = [{"params": head, "lr": lr}, {"params": rest, "lr": lr / 10}]
    return [group for group in groups if group["params"]]
    # END SOLUTION


def finetune(
    model: nn.Module,
    x: Tensor,
    y: Tensor,
    batches: list[Tensor],
    lr: float,
    weight_decay: float = 0.0,
) -> tuple[nn.Module, list[float]]:
    """Fine-tune by plain minibatch SGD (no momentum) with the groups above, one step a batch.

    The loss is the mean softmax cross-entropy over the batch. The model trains in train mode, but
    for frozen batchnorm layers (those whose weight needs no gradient): they work in eval mode, in
    whatever mode they come.

    Args:
        x, y: (N, d0) and (N,), int64.
        batches: index tensors into the N examples, in the order of the steps; sizes may differ.
        lr: the head's learning rate.
        weight_decay: of every parameter that trains, as torch.optim.SGD understands it.

    Returns:
        the model (the one you got, or a copy) and the loss of each batch before its step.
    """
    # BEGIN SOLUTION
    optimizer = torch.optim.SGD(parameter_groups(model, lr), lr=lr, weight_decay=weight_decay)
    set_modes(model)
    losses = []
    for batch in batches:
        loss = functional.cross_entropy(model(x[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return model, losses
    # END SOLUTION


# BEGIN SOLUTION
def set_modes(model):
    """Train mode, but for the batchnorm layers whose parameters are frozen."""
    model.train()
    for norm in norms_in(model):
        if not norm.weight.requires_grad:
            norm.eval()


# END SOLUTION


def choose_strategy(amount: str, similarity: str) -> str:
    """What to do with a pretrained network.

    Args:
        amount: of data of one's own, "little" or "much".
        similarity: to what the network was pretrained on, "similar" or "different".

    Returns:
        "linear_probe", "probe_early_layers", "finetune_few" or "finetune_many".
    """
    # BEGIN SOLUTION
    return {
        ("little", "similar"): "linear_probe",
        ("little", "different"): "probe_early_layers",
        ("much", "similar"): "finetune_few",
        ("much", "different"): "finetune_many",
    }[amount, similarity]
    # END SOLUTION


# BEGIN SOLUTION
# --- for the checks only ---------------------------------------------------------------------


def pretrain(state, x, y, batches, lr):
    """A network of the widths of `state` trained from there, every layer at the same lr; its state
    is returned in the dtype and on the device of x."""
    model = Net((x.shape[1], *widths(state)), len(state["head.bias"]))
    model.load_state_dict(state, assign=True)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for batch in batches:
        loss = functional.cross_entropy(model(x[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return {name: value.detach() for name, value in model.state_dict().items()}


def features_of(state, x):
    """What the features of a network that holds `state` make of x in eval mode."""
    model = Net((x.shape[1], *widths(state)), len(state["head.bias"]))
    model.load_state_dict(state, assign=True)
    return extract_features(model, x)


def widths(state):
    """The numbers of outputs of the blocks in `state`, from the input up."""
    return [len(value) for name, value in state.items() if name.endswith("linear.bias")]


# END SOLUTION
