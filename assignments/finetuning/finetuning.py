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
    raise NotImplementedError("write load_pretrained here")


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
    raise NotImplementedError("write replace_head here")


def freeze(model: nn.Module, until: str) -> None:
    """Freeze what comes before `until`; `until` itself and what follows trains.

    Frozen parameters need no gradient and keep none (`grad` is None); frozen batchnorm layers are
    in eval mode, those that train in train mode. Changes the model in place; calling it again with
    another name gives what that call alone would have given.

    Args:
        until: "head", or a child of features: "features.block2".
    """
    raise NotImplementedError("write freeze here")


def extract_features(model: nn.Module, x: Tensor) -> Tensor:
    """What `model.features` makes of x in eval mode, without a graph.

    Args:
        model: afterwards exactly as before, the mode of every module included.
        x: (N, d0).

    Returns:
        features (N, D).
    """
    raise NotImplementedError("write extract_features here")


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
    raise NotImplementedError("write train_linear_probe here")


def parameter_groups(model: nn.Module, lr: float) -> list[dict[str, Any]]:
    """Groups for a torch optimizer: the head learns at lr, the features at lr / 10.

    Args:
        model: some parameters may be frozen (requires_grad is False); they are in no group.
        lr: the head's learning rate.

    Returns:
        a list of {"params": [...], "lr": ...}; each parameter is in one group at most.
    """
    raise NotImplementedError("write parameter_groups here")


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
    raise NotImplementedError("write finetune here")


def choose_strategy(amount: str, similarity: str) -> str:
    """What to do with a pretrained network.

    Args:
        amount: of data of one's own, "little" or "much".
        similarity: to what the network was pretrained on, "similar" or "different".

    Returns:
        "linear_probe", "probe_early_layers", "finetune_few" or "finetune_many".
    """
    raise NotImplementedError("write choose_strategy here")
