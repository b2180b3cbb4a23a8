"""Networks, what can be asked of them, and results as facts about names."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from grader import Code, Draw, expect

State = dict[str, np.ndarray]

WIDTHS, CLASSES = (6, 7, 5, 4), 3


# --- networks and what can be asked of them --------------------------------------------------


def state_of(draw: Draw, widths: Sequence[int] = WIDTHS, classes: int = CLASSES) -> State:
    """A state_dict of network.Net with drawn weights, and with statistics that are not 0 and 1."""
    state: State = {}
    for number, (din, dout) in enumerate(pairwise(widths), 1):
        block = f"features.block{number}"
        state[f"{block}.linear.weight"] = draw.normal(dout, din, scale=(2 / din) ** 0.5)
        state[f"{block}.linear.bias"] = draw.normal(dout, scale=0.1)
        state[f"{block}.norm.weight"] = draw.uniform(dout, low=0.5, high=1.5)
        state[f"{block}.norm.bias"] = draw.normal(dout, scale=0.2)
        state[f"{block}.norm.running_mean"] = draw.normal(dout, scale=0.5)
        state[f"{block}.norm.running_var"] = draw.uniform(dout, low=0.5, high=2.0)
        state[f"{block}.norm.num_batches_tracked"] = np.asarray(draw.integers(5, 50))
    state["head.weight"] = draw.normal(classes, widths[-1], scale=widths[-1] ** -0.5)
    state["head.bias"] = draw.normal(classes, scale=0.1)
    return state


def network(code: Code, state: State) -> Any:
    """A Net that holds `state`, in its dtype and on its device; it stays in the box of `code`."""
    biases = [value for name, value in state.items() if name.endswith("linear.bias")]
    widths = (state["features.block1.linear.weight"].shape[1], *map(len, biases))
    model = code.make("network.Net")(widths, len(state["head.bias"]))
    model.load_state_dict(dict(state), assign=True)
    return model


def at(held: Any, dotted: str) -> Any:
    """The part of a held object that a dotted name leads to."""
    for name in dotted.split("."):
        held = getattr(held, name)
    return held


def state_in(code: Code, model: Any) -> State:
    """What the model holds now."""
    return dict(code.read(model.state_dict()))


def parameters(state: State) -> list[str]:
    """The names of the parameters: everything that is no statistic of batchnorm."""
    return [name for name in state if "running" not in name and "tracked" not in name]


def flags(code: Code, model: Any, state: State) -> dict[str, bool]:
    """`requires_grad` of each parameter."""
    return {name: code.read(at(model, name).requires_grad) for name in parameters(state)}


def modes(code: Code, model: Any, state: State) -> dict[str, bool]:
    """`training` of each batchnorm layer."""
    names = [name.removesuffix(".weight") for name in state if name.endswith("norm.weight")]
    return {name: code.read(at(model, name).training) for name in names}


def without_gradients(model: Any, state: State, names: Sequence[str]) -> None:
    """Switch off the gradient of the parameters with one of these names in theirs; no more."""
    for name in parameters(state):
        if not {*names}.isdisjoint(name.split(".")):
            at(model, name).requires_grad_(False)


def rates(code: Code, own: State, frozen: Sequence[str], lr: float) -> dict[str, Any]:
    """The learning rate of each parameter that is in a group, as an optimizer reads the groups."""
    model = network(code, own)
    without_gradients(model, own, frozen)
    optimizer = code.make("torch.optim.SGD")(code.parameter_groups(model, lr), lr=lr)
    # One storage, one parameter: addresses say which is which, and go no further than this.
    names = {code.read(at(model, name).data_ptr()): name for name in parameters(own)}
    found: dict[str, Any] = {}
    for number, group in enumerate(code.read(optimizer.state_dict())["param_groups"]):
        for place in range(len(group["params"])):
            pointer = code.read(optimizer.param_groups[number]["params"][place].data_ptr())
            found[names.get(pointer, "a tensor that is no parameter of the model")] = group["lr"]
    return found


def minibatches(draw: Draw, n: int, sizes: Sequence[int]) -> list[np.ndarray]:
    """Index arrays of these sizes into n examples, each without repetition."""
    return [draw.permutation(n)[:size] for size in sizes]


# --- load_pretrained -------------------------------------------------------------------------


def loaded(code: Code, own: State, pretrained: State) -> tuple[Any, State]:
    """What load_pretrained returns for a network that holds `own`, and what it holds then."""
    model = network(code, own)
    return code.load_pretrained(model, pretrained), state_in(code, model)


# --- replace_head ----------------------------------------------------------------------------


def facts_of_the_head(model: Any, before: State) -> dict[str, Any]:
    """What must be so of a new head, whatever numbers were drawn for it."""
    code = model.code
    linear = code.make("builtins.isinstance")(model.head, code.make("torch.nn.Linear"))
    if not code.read(linear):
        return {"is an nn.Linear": False}
    now = state_in(code, model)
    weight, bias = now["head.weight"], now.get("head.bias")
    facts = {
        "is an nn.Linear": True,
        "weight has the shape": weight.shape,
        "weight has the dtype": str(weight.dtype),
        "weight requires grad": code.read(model.head.weight.requires_grad),
        "weight is all zeros": not weight.any(),
        "weight is the old one": np.array_equal(weight, before["head.weight"]),
        "there is a bias": bias is not None,
    }
    if bias is not None:
        facts["bias has the shape"] = bias.shape
        facts["bias requires grad"] = code.read(model.head.bias.requires_grad)
    return facts


# --- freeze ----------------------------------------------------------------------------------


def after_freezing(code: Code, own: State, *untils: str) -> tuple[dict[str, bool], dict[str, bool]]:
    """`requires_grad` of each parameter and `training` of each batchnorm layer after some calls."""
    model = network(code, own)
    for until in untils:
        code.freeze(model, until)
    return flags(code, model, own), modes(code, model, own)


# --- features and a linear classifier on top -------------------------------------------------


Probe = tuple[np.ndarray, np.ndarray]

LARGEST_START = 10


def probe_in(code: Code, held: Any) -> Any:
    """Weight and bias of what train_linear_probe returned: a pair of tensors or an nn.Linear."""
    module = code.make("builtins.isinstance")(held, code.make("torch.nn.Module"))
    if code.read(module):
        return code.read(held.weight), code.read(held.bias)
    return code.read(held)


def probes_agree(
    student: Code, reference: Code, features: np.ndarray, labels: np.ndarray, classes: int,
    batches: list[np.ndarray], lr: float,
) -> tuple[Any, Any]:  # fmt: skip
    """What the student's training gave, and what it should have given from the same start.

    The start is free; with a learning rate of 0 it is what comes back. So the reference's own
    departure from SGD (rounding) is what the student's is compared with.
    """
    starts, ends = [], []
    for code in (student, reference):
        for rate, found in ((0.0, starts), (lr, ends)):
            generator = code.make("torch.Generator")().manual_seed(11)
            arguments = (features, labels, classes, batches, rate)
            held = code.train_linear_probe(*arguments, generator=generator)
            found.append(probe_in(code, held))
    likewise = ends[1]
    if not expect.like(starts[0], likewise, what="(weight, bias) at lr = 0"):
        return ends[0], likewise
    # What is allowed grows with the numbers compared, so a start of 1e9 would hide every step.
    small = [all(np.max(np.abs(part)) <= LARGEST_START for part in start) for start in starts]
    if not small[0]:
        expect.equal(*small, what=f"(weight, bias) at lr = 0 holds no number above {LARGEST_START}")
        return ends[0], likewise
    right = [descend(start, features, labels, batches, lr) for start in starts]
    wanted = tuple(mine + (end - ours) for mine, ours, end in zip(*right, likewise, strict=True))
    return ends[0], wanted


def descend(
    start: Any, features: np.ndarray, labels: np.ndarray, batches: list[np.ndarray], lr: float
) -> Probe:
    """Minibatch SGD on the mean cross-entropy, whose slopes are measured by complex steps.

    A complex step subtracts nothing, so its slope is exact to rounding (Squire and Trapp 1998).
    """
    weight, bias = (np.array(part, dtype=np.float64) for part in start)
    point = np.concatenate([weight.ravel(), bias])
    directions = 1e-30j * np.eye(len(point))
    for batch in batches:
        slopes = [
            cross_entropy(point + direction, features[batch], labels[batch], len(bias)).imag / 1e-30
            for direction in directions
        ]
        point = point - lr * np.array(slopes)
    return point[: weight.size].reshape(weight.shape), point[weight.size :]


def cross_entropy(
    point: np.ndarray, features: np.ndarray, labels: np.ndarray, classes: int
) -> complex:
    """The mean over a batch of -log softmax(features @ weight.T + bias) at the labels."""
    weight, bias = point[:-classes].reshape(classes, -1), point[-classes:]
    logits = features @ weight.T + bias
    logits = logits - logits.real.max(axis=1, keepdims=True)
    log_share = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return complex(-log_share[np.arange(len(labels)), labels].mean())


# --- finetune --------------------------------------------------------------------------------


def effects(now: State, theirs: State, before: State, frozen: Sequence[str]) -> dict[str, bool]:
    """Whether each entry of the frozen blocks is what it was, and whether the head learns.

    It learns where it moves along with the reference's, uphill or down: a wrong sign costs its
    points elsewhere.
    """
    facts = {
        f"{name} is what it was": np.array_equal(now[name], before[name])
        for name in before
        if name.split(".")[1] in frozen
    }
    mine, right = (state["head.weight"] - before["head.weight"] for state in (now, theirs))
    return {**facts, "head.weight learns": aligned(mine, right)}


def aligned(mine: np.ndarray, right: np.ndarray) -> bool:
    """Whether one displacement goes along the other: 45 degrees off at most, in either sense."""
    with np.errstate(all="ignore"):
        sizes = float(np.linalg.norm(mine) * np.linalg.norm(right))
        return 0 < sizes < np.inf and bool(abs(np.vdot(mine, right)) >= 0.7 * sizes)
