"""Hidden checks of fine-tuning.

A model lives in its box: every check builds a Net there from a drawn state, hands it to the code,
and asks for flags, modes and states. Both seats are asked the same, and what is compared are facts
(which names moved, which modes came back), so that a misconception can be recognized.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from grader import Code, Draw, check, expect

State = dict[str, np.ndarray]

WIDTHS, CLASSES = (6, 7, 5, 4), 3
OTHER_WIDTHS, OTHER_CLASSES = (3, 8, 5), 4


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
    model.load_state_dict(state, assign=True)
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


def freeze_by_hand(model: Any, state: State, blocks: Sequence[str]) -> None:
    """Freeze some blocks without anybody's help: no gradient, batchnorm in eval mode."""
    for name in parameters(state):
        if name.split(".")[1] in blocks:
            at(model, name).requires_grad_(False)
    for block in blocks:
        at(model, f"features.{block}.norm").eval()


def minibatches(draw: Draw, n: int, sizes: Sequence[int]) -> list[np.ndarray]:
    """Index arrays of these sizes into n examples, each without repetition."""
    return [draw.permutation(n)[:size] for size in sizes]


def single(state: State) -> State:
    """The same state in float32; integers stay."""
    return {name: v.astype(np.float32) if v.dtype.kind == "f" else v for name, v in state.items()}


# --- load_pretrained -------------------------------------------------------------------------


def loaded(code: Code, own: State, pretrained: State) -> tuple[Any, State]:
    """What load_pretrained returns for a network that holds `own`, and what it holds then."""
    model = network(code, own)
    return code.load_pretrained(model, pretrained), state_in(code, model)


@check(item="load_pretrained", ru="Подходящая голова загружается тоже")
def a_fitting_head_is_loaded_too(student: Code, reference: Code, draw: Draw) -> None:
    """A head that fits is loaded too, and then no name is left."""
    own, pretrained = (state_of(draw, OTHER_WIDTHS, OTHER_CLASSES) for _ in range(2))
    given, wanted = (loaded(code, own, pretrained) for code in (student, reference))
    expect.equal(given[0], wanted[0], what="the names that were not loaded")
    expect.equal(given[1], wanted[1], what="state_dict after load_pretrained")


@check(item="load_pretrained", ru="Другая форма посередине, меньше блоков, другой тип")
def what_does_not_fit_is_left_out(student: Code, reference: Code, draw: Draw) -> None:
    """Other shapes in the middle are left out, and the model keeps its dtype."""
    own = state_of(draw, (5, 6, 4, 3, 3))
    pretrained = state_of(draw, (5, 4, 6, 3), CLASSES)  # block2 has as many weights, transposed
    for mine, theirs in ((own, single(pretrained)), (single(own), pretrained)):
        given, wanted = (loaded(code, mine, theirs) for code in (student, reference))
        expect.equal(given[0], wanted[0], what="the names that were not loaded")
        expect.equal(given[1], wanted[1], what="state_dict after load_pretrained")


@check(item="load_pretrained.by_value", ru="state не меняется, и когда модель потом меняется")
def the_state_is_nobody_elses(student: Code, reference: Code, draw: Draw) -> None:
    """`state` stays as it was, also when the model changes later."""
    own, pretrained = state_of(draw), state_of(draw)
    given, wanted = (aftermath(code, own, pretrained) for code in (student, reference))
    expect.equal(given[0], wanted[0], what="something of `state` was loaded")
    expect.equal(given[1], wanted[1], what="`state` after the model was changed")


def aftermath(code: Code, own: State, pretrained: State) -> tuple[bool, State]:
    """Whether anything was loaded, and the state after all of the model was overwritten."""
    model, state = network(code, own), code.keep(pretrained)
    code.load_pretrained(model, state)
    now = state_in(code, model)
    # What was drawn alike for both, a counter for instance, came from nowhere.
    differ = [name for name in own if not np.array_equal(own[name], pretrained[name])]
    came = any(np.array_equal(now[name], pretrained[name]) for name in differ)
    for name in own:
        at(model, name).data.zero_()
    return came, code.read(state)


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


@check(item="replace_head", ru="Новая и при том же числе классов, в float32, у замороженной сети")
def the_head_is_new_for_as_many_classes(student: Code, reference: Code, draw: Draw) -> None:
    """The head is new for the same number of classes too, in float32, on a frozen network."""
    own = single(state_of(draw, OTHER_WIDTHS, OTHER_CLASSES))
    given, wanted = (
        facts_of_the_head(code.replace_head(frozen_network(code, own), OTHER_CLASSES), own)
        for code in (student, reference)
    )
    expect.equal(given, wanted, what="the new head:")


def frozen_network(code: Code, own: State) -> Any:
    """A network whose first block is frozen, and whose head is as well."""
    model = network(code, own)
    freeze_by_hand(model, own, ["block1"])
    model.head.weight.requires_grad_(False)
    model.head.bias.requires_grad_(False)
    return model


@check(item="replace_head", ru="Остальное — веса, статистики, флаги, режимы — прежнее")
def the_rest_stays(student: Code, reference: Code, draw: Draw) -> None:
    """The rest stays to the bit: weights, statistics, flags and modes."""
    own = state_of(draw)
    models = [code.replace_head(frozen_network(code, own), 6) for code in (student, reference)]
    rest = {name: value for name, value in own.items() if not name.startswith("head")}
    for what, ask in (("state_dict", entries), ("requires_grad", flags), ("training", modes)):
        given, wanted = (ask(model.code, model, rest) for model in models)
        expect.equal(given, wanted, what=f"{what} after replace_head")


def entries(code: Code, model: Any, state: State) -> State:
    """The entries of the model's state that have the names of `state`, where it has them."""
    now = state_in(code, model)
    return {name: now[name] for name in state if name in now}


@check(item="replace_head.generator", ru="Голова определяется генератором, и только им")
def the_head_follows_from_the_generator(student: Code, reference: Code, draw: Draw) -> None:
    """The same seed gives the same head, another seed another one."""
    own = state_of(draw)
    given, wanted = (what_the_generator_decides(code, own) for code in (student, reference))
    expect.equal(given, wanted, what="heads from generators")


def what_the_generator_decides(code: Code, own: State) -> dict[str, bool]:
    """Whether seeds and heads go together."""
    heads = []
    for seed in (3, 3, 4):
        generator = code.make("torch.Generator")().manual_seed(seed)
        model = code.replace_head(network(code, own), 5, generator=generator)
        now = state_in(code, model)
        heads.append({name: now[name] for name in now if name.startswith("head")})
    first, again, another = heads
    return {
        "same seed, same head": same(first, again),
        # That a head is not zero is asked elsewhere.
        "other seed, same head": any(map(np.any, first.values())) and same(first, another),
    }


def same(left: State, right: State) -> bool:
    """Whether two states hold the same names and numbers."""
    return left.keys() == right.keys() and all(map(np.array_equal, left.values(), right.values()))


# --- freeze ----------------------------------------------------------------------------------


def after_freezing(code: Code, own: State, *untils: str) -> tuple[dict[str, bool], dict[str, bool]]:
    """`requires_grad` of each parameter and `training` of each batchnorm layer after some calls."""
    model = network(code, own)
    for until in untils:
        code.freeze(model, until)
    return flags(code, model, own), modes(code, model, own)


@check(item="freeze", ru="Для каждого until, и для двух блоков")
def every_place_to_freeze_up_to(student: Code, reference: Code, draw: Draw) -> None:
    """The right parameters need a gradient for every `until`; the first block freezes nothing."""
    own = state_of(draw, OTHER_WIDTHS, OTHER_CLASSES)
    for until in ("features.block1", "features.block2", "head"):
        given, wanted = (after_freezing(code, own, until)[0] for code in (student, reference))
        expect.equal(given, wanted, what=f'requires_grad after freeze(model, "{until}")')


@check(item="freeze", ru="Старые градиенты убраны: weight decay замороженное не двигает")
def weight_decay_does_not_move_what_is_frozen(student: Code, reference: Code, draw: Draw) -> None:
    """Stale gradients are gone, so that weight decay does not move what is frozen."""
    own, x = state_of(draw), draw.normal(8, 6)
    given, wanted = (moved_by_a_step(code, own, x) for code in (student, reference))
    expect.equal(given, wanted, what="names (moved by a step with weight decay, to be trained)")


def moved_by_a_step(code: Code, own: State, x: np.ndarray) -> tuple[set[str], set[str]]:
    """The parameters that one step of SGD over all of them moves, after a backward pass, freezing
    and another backward pass; and those that need a gradient."""
    model = network(code, own)
    model(x).sum().backward()
    code.freeze(model, "features.block3")
    model(x).square().sum().backward()
    everything = model.parameters()
    code.make("torch.optim.SGD")(everything, lr=0.1, momentum=0.9, weight_decay=0.1).step()
    now = state_in(code, model)
    moved = {name for name in parameters(own) if not np.array_equal(now[name], own[name])}
    return moved, {name for name, needed in flags(code, model, own).items() if needed}


@check(item="freeze.batchnorm", ru="Статистики замороженных слоёв стоят на месте")
def frozen_statistics_stand_still(student: Code, reference: Code, draw: Draw) -> None:
    """A forward pass moves the statistics of the layers that train, and no others."""
    for own, until in (
        (state_of(draw), "features.block2"),
        (state_of(draw, OTHER_WIDTHS, OTHER_CLASSES), "head"),
    ):
        x = draw.normal(8, len(own["features.block1.linear.weight"][0]))
        given, wanted = (moved_by_a_pass(code, own, until, x) for code in (student, reference))
        expect.equal(given, wanted, what=f'statistics that moved after freeze(model, "{until}")')


def moved_by_a_pass(code: Code, own: State, until: str, x: np.ndarray) -> set[str]:
    """The entries of the state that one forward pass moves after freezing."""
    model = network(code, own)
    code.freeze(model, until)
    model(x)
    now = state_in(code, model)
    return {name for name in own if not np.array_equal(now[name], own[name])}


@check(item="freeze.thaw", ru="Второй вызов даёт то же, что он один")
def the_second_call_decides(student: Code, reference: Code, draw: Draw) -> None:
    """Whatever the first call froze, the second gives what it gives alone."""
    own = state_of(draw, OTHER_WIDTHS, OTHER_CLASSES)
    given, wanted = (second_calls(code, own) for code in (student, reference))
    expect.equal(given, wanted, what="as the second call alone")


def second_calls(code: Code, own: State) -> dict[str, bool]:
    """For pairs of names, whether two calls of somebody's freeze are as good as the second alone,
    and whether freezing makes a difference at all."""
    names = ("features.block1", "features.block2", "head")
    alone = {name: after_freezing(code, own, name) for name in names}
    facts = {
        f"{first}, then {second}": after_freezing(code, own, first, second) == alone[second]
        for first in names
        for second in names
        if first != second
    }
    return {**facts, "names differ": alone["features.block1"] != alone["head"]}


# --- features and a linear classifier on top -------------------------------------------------


@check(item="extract_features", ru="Модель и вход не изменены, float32 остаётся float32")
def features_leave_the_model_alone(student: Code, reference: Code, draw: Draw) -> None:
    """The model and x stay as they were, in eval mode too, and float32 stays float32."""
    own = single(state_of(draw, OTHER_WIDTHS, OTHER_CLASSES))
    x = draw.normal(5, 3).astype(np.float32)
    found = []
    for code in (student, reference):
        model, held = network(code, own), code.keep(x)
        freeze_by_hand(model, own, ["block1"])
        features = code.read(code.extract_features(model, held))
        found.append((features, state_in(code, model), flags(code, model, own), code.read(held)))
    expect.close(found[0][0], found[1][0], what="features", tolerance=5e-3, scale="array")
    for part, what in enumerate(("state_dict", "requires_grad", "x"), 1):
        expect.equal(found[0][part], found[1][part], what=f"{what} after extract_features")


@check(item="extract_features.modes", ru="Прежние режимы и в смеси: часть в train, часть в eval")
def mixed_modes_come_back(student: Code, reference: Code, draw: Draw) -> None:
    """The modes come back of networks of which a part is in train mode and a part is not."""
    own, x = state_of(draw, OTHER_WIDTHS, OTHER_CLASSES), draw.normal(4, 3)
    given, wanted = (
        [modes_of_a_mixture(code, own, x, training) for training in (True, False)]
        for code in (student, reference)
    )
    for mine, theirs in zip(given, wanted, strict=True):
        expect.equal(mine[0], theirs[0], what="rows of the features")
        expect.equal(mine[1], theirs[1], what="training after extract_features")


def modes_of_a_mixture(
    code: Code, own: State, x: np.ndarray, training: bool
) -> tuple[Any, dict[str, bool]]:
    """The rows of the features, and the modes of a network in train mode, or in eval mode, of
    which two parts were in the other one."""
    model = network(code, own)
    model.train(training)
    at(model, "features.block2").train(not training)
    at(model, "features.block2.linear").train(training)
    features = code.read(code.extract_features(model, x))
    names = ["features", "features.block1.norm", "features.block2", "features.block2.linear"]
    found = {name: code.read(at(model, name).training) for name in [*names, "head"]}
    return np.shape(features)[:1], {**found, "the model": code.read(model.training)}


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
    """Minibatch SGD on the mean cross-entropy of softmax(features @ weight.T + bias)."""
    weight, bias = (np.array(part, dtype=np.float64) for part in start)
    for batch in batches:
        x, y = features[batch], labels[batch]
        logits = x @ weight.T + bias
        share = np.exp(logits - logits.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        share[np.arange(len(y)), y] -= 1.0
        weight, bias = weight - lr * share.T @ x / len(y), bias - lr * share.mean(axis=0)
    return weight, bias


@check(item="train_linear_probe", ru="Класс без примеров, повторы, примеры вне батчей")
def the_probe_sees_its_batches_alone(student: Code, reference: Code, draw: Draw) -> None:
    """A class without examples, repeated examples and examples in no batch change nothing."""
    features, labels = draw.normal(15, 6), draw.labels(15, 4)
    batches = [draw.integers(0, 10, size) for size in (7, 3, 1, 10, 6, 2)]
    given, wanted = probes_agree(student, reference, features, labels, 5, batches, 0.2)
    if expect.like(given, wanted, what="(weight, bias)"):
        expect.trajectory(given, wanted, what="(weight, bias)")


@check(item="train_linear_probe", ru="Аргументы не изменены, float32 остаётся float32")
def the_probe_is_polite(student: Code, reference: Code, draw: Draw) -> None:
    """The arguments stay as they were, and float32 stays float32."""
    features, labels = draw.normal(12, 3).astype(np.float32), draw.labels(12, 3)
    batches = minibatches(draw, 12, (6, 6))
    held = [student.keep(value) for value in (features, labels, batches)]
    student.train_linear_probe(held[0], held[1], 3, held[2], 0.1)
    for argument, what in zip(held, ("features", "labels", "batches"), strict=True):
        expect.unchanged(argument, what=f"{what} after the call")
    found = [
        probe_in(code, code.train_linear_probe(features, labels, 3, batches, 0.1))
        for code in (student, reference)
    ]
    given, wanted = ({"weight": str(w.dtype), "bias": str(b.dtype)} for w, b in found)
    expect.equal(given, wanted, what="dtypes for float32 features")


# --- parameter_groups ------------------------------------------------------------------------


def rates(code: Code, own: State, frozen: Sequence[str], lr: float) -> dict[str, Any]:
    """The learning rate of each parameter that is in a group, as an optimizer reads the groups.

    Frozen are the parameters with one of the names in `frozen` in theirs.
    """
    model = network(code, own)
    for name in parameters(own):
        if not {*frozen}.isdisjoint(name.split(".")):
            at(model, name).requires_grad_(False)
    optimizer = code.make("torch.optim.SGD")(code.parameter_groups(model, lr), lr=lr)
    # One storage, one parameter: addresses say which is which, and go no further than this.
    names = {code.read(at(model, name).data_ptr()): name for name in parameters(own)}
    found: dict[str, Any] = {}
    for number, group in enumerate(code.read(optimizer.state_dict())["param_groups"]):
        for place in range(len(group["params"])):
            pointer = code.read(optimizer.param_groups[number]["params"][place].data_ptr())
            found[names.get(pointer, "a tensor that is no parameter of the model")] = group["lr"]
    return found


@check(item="parameter_groups", ru="Ничего не заморожено; всё, кроме головы; отдельные параметры")
def rates_wherever_it_is_frozen(student: Code, reference: Code, draw: Draw) -> None:
    """The rates are right with nothing frozen, with all of the features, and with parts of them."""
    own = state_of(draw, OTHER_WIDTHS, OTHER_CLASSES)
    for frozen, lr in (([], 2.0), (["block1", "block2"], 0.05), (["norm"], 1.0)):
        given, wanted = (rates(code, own, frozen, lr) for code in (student, reference))
        expect.close(given, wanted, what="learning rates", tolerance=1e-9)


# --- finetune --------------------------------------------------------------------------------


@check(item="finetune", ru="С weight decay, другими размерами и сетью в режиме eval")
def weight_decay_and_a_network_in_eval_mode(student: Code, reference: Code, draw: Draw) -> None:
    """Weights are the reference's with weight decay, and for a network that comes in eval mode."""
    own = state_of(draw, OTHER_WIDTHS, OTHER_CLASSES)
    x, y = draw.normal(17, 3), draw.labels(17, OTHER_CLASSES)
    batches = minibatches(draw, 17, (6, 9, 2, 5, 16) * 4)
    given, wanted = (
        state_in(code, code.finetune(network(code, own).eval(), x, y, batches, 0.1, 0.05)[0])
        for code in (student, reference)
    )
    expect.trajectory(given, wanted, what="state_dict after 20 steps")


@check(item="finetune", carries="parameter_groups", ru="Те же шаги, что SGD с вашими же группами")
def steps_are_those_of_your_own_groups(student: Code, reference: Code, draw: Draw) -> None:
    """The steps are those of SGD with your own parameter_groups."""
    own, x, y = state_of(draw), draw.normal(12, 6), draw.labels(12, CLASSES)
    batches = minibatches(draw, 12, (6, 5, 7, 4))
    (first, last), (theirs, _) = (
        steps_with_own_groups(code, own, x, y, batches, 0.02) for code in (student, reference)
    )
    ended = state_in(student, student.finetune(network(student, own), x, y, batches, 0.02)[0])
    if not expect.like(first, own, what="state_dict after one step of SGD with your groups"):
        return
    # Groups that hold too little, stand still, rush or go uphill prove nothing about the loop.
    given, wanted = (pace_of(state, theirs, own) for state in (first, theirs))
    expect.equal(given, wanted, what="with your groups learns, about as fast as it should")
    expect.trajectory(ended, last, what="state_dict after 4 steps")


def steps_with_own_groups(
    code: Code, own: State, x: np.ndarray, y: np.ndarray, batches: list[np.ndarray], lr: float
) -> tuple[State, State]:
    """The state after the first and the last step of our own loop over the groups that
    parameter_groups gives."""
    model = network(code, own)
    optimizer = code.make("torch.optim.SGD")(code.parameter_groups(model, lr), lr=lr)
    cross_entropy = code.make("torch.nn.functional.cross_entropy")
    states = []
    for batch in batches:
        optimizer.zero_grad()
        cross_entropy(model(x[batch]), y[batch]).backward()
        optimizer.step()
        states.append(state_in(code, model))
    return states[0], states[-1]


def pace_of(now: State, theirs: State, before: State) -> dict[str, bool]:
    """For each weight, whether its step went the reference's way, and was not 30 times as long or
    as short: ten times is what a rate makes that went to the wrong group."""
    facts = {}
    for name in before:
        if "norm" in name or not name.endswith("weight"):
            continue
        mine, right = now[name] - before[name], theirs[name] - before[name]
        whole = float(np.vdot(right, right))
        facts[name] = aligned(mine, right) and whole / 30 <= np.vdot(mine, right) <= 30 * whole
    return facts


def aligned(mine: np.ndarray, right: np.ndarray) -> bool:
    """Whether one displacement goes along the other: 45 degrees off at most, in either sense."""
    with np.errstate(all="ignore"):
        sizes = float(np.linalg.norm(mine) * np.linalg.norm(right))
        return 0 < sizes < np.inf and bool(abs(np.vdot(mine, right)) >= 0.7 * sizes)


@check(item="finetune", ru="Аргументы не изменены")
def the_data_stay_as_they_were(student: Code, reference: Code, draw: Draw) -> None:
    """x, y and the batches stay as they were."""
    own, x, y = state_of(draw), draw.normal(9, 6), draw.labels(9, CLASSES)
    held = [student.keep(value) for value in (x, y, minibatches(draw, 9, (5, 4)))]
    student.finetune(network(student, own), *held, 0.1)
    for argument, what in zip(held, ("x", "y", "batches"), strict=True):
        expect.unchanged(argument, what=f"{what} after the call")


@check(item="finetune.losses", ru="По числу на батч, и для неполных батчей среднее")
def there_is_a_loss_for_each_batch(student: Code, reference: Code, draw: Draw) -> None:
    """There is a loss for each batch, the mean over that batch, whatever its size."""
    own = state_of(draw, OTHER_WIDTHS, OTHER_CLASSES)
    x, y = draw.normal(11, 3), draw.labels(11, OTHER_CLASSES)
    batches = minibatches(draw, 11, (6, 2, 11, 4))
    # So small a rate leaves the weights where they are: steps are judged elsewhere.
    given, wanted = (
        code.finetune(network(code, own), x, y, batches, 1e-9)[1] for code in (student, reference)
    )
    expect.close(given, wanted, what="losses", tolerance=1e-6)


def finetuned(
    code: Code, own: State, frozen: Sequence[str], x: np.ndarray, y: np.ndarray,
    batches: list[np.ndarray], **more: float,
) -> State:  # fmt: skip
    """The state after fine-tuning with some blocks frozen, which came in train mode all the same:
    the loop itself must see to their batchnorm."""
    model = network(code, own)
    freeze_by_hand(model, own, frozen)
    model.train()
    now = state_in(code, code.finetune(model, x, y, batches, 0.01, **more)[0])
    return {name: now[name] for name in own if name in now}


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


@check(item="finetune.frozen", ru="И с weight decay, и когда обучается лишь голова")
def weight_decay_leaves_the_frozen_part_alone(student: Code, reference: Code, draw: Draw) -> None:
    """The frozen part stays to the bit under weight decay too, and where the head alone trains."""
    own = state_of(draw, OTHER_WIDTHS, OTHER_CLASSES)
    x, y = draw.normal(14, 3), draw.labels(14, OTHER_CLASSES)
    for frozen, decay, sizes in ((["block1"], 0.1, (7, 7, 5)), (["block1", "block2"], 0.0, (7, 7))):
        batches = minibatches(draw, 14, sizes)
        mine, theirs = (
            finetuned(code, own, frozen, x, y, batches, weight_decay=decay)
            for code in (student, reference)
        )
        if not expect.like(mine, own, what="state_dict after finetune"):
            return
        given, wanted = (effects(now, theirs, own, frozen) for now in (mine, theirs))
        if decay:  # which turns the head's way: who forgets it has paid already
            given, wanted = (without_the_head(facts) for facts in (given, wanted))
        expect.equal(given, wanted, what="after finetune:")


def without_the_head(facts: dict[str, bool]) -> dict[str, bool]:
    """The facts about frozen entries alone."""
    return {name: fact for name, fact in facts.items() if not name.startswith("head")}


# --- which strategy --------------------------------------------------------------------------


@check(item="choose_strategy", ru="Все четыре клетки таблицы")
def all_four_strategies(student: Code, reference: Code, draw: Draw) -> None:
    """All four strategies are the table's."""
    cells = [(amount, like) for amount in ("little", "much") for like in ("similar", "different")]
    cases = [cells[i] for i in draw.permutation(4)]
    given, wanted = (code.choose_strategy.many(cases) for code in (student, reference))
    expect.equal(given, wanted, what=f"strategies for {cases}")


# --- the experiment --------------------------------------------------------------------------
# A network of widths 64-128-64 is trained on a source task, anew for each seed: ten classes, each a
# mixture of two clouds in 64 dimensions. A near target task has the same clouds, other examples,
# labels in another order, and inputs that are shrunk, shifted and noisy; for a far one they are
# rotated too.

NOISE = 1.2


class Transfer(NamedTuple):
    """A source task to pretrain on, a target task, and networks that were not pretrained."""

    start: State
    source: tuple[np.ndarray, np.ndarray, list[np.ndarray]]
    train: tuple[np.ndarray, np.ndarray]
    test: tuple[np.ndarray, np.ndarray]
    batches: list[np.ndarray]
    untrained: State


# What follows from a seed alone is made once a class.
@lru_cache(maxsize=64)
def transfer(seed: int, *, each: int, steps: int, far: bool = False) -> Transfer:
    """The tasks of one seed, with so many examples a class to learn from in so many steps."""
    rng = np.random.default_rng(seed)
    means, order = rng.normal(size=(10, 2, 64)), rng.permutation(10)
    rotation = np.linalg.qr(rng.normal(size=(64, 64)))[0] if far else np.eye(64)

    def examples(each: int) -> tuple[np.ndarray, np.ndarray]:
        labels = np.repeat(np.arange(10), each)
        clouds = rng.integers(0, 2, 10 * each)
        return means[labels, clouds] + NOISE * rng.normal(size=(10 * each, 64)), labels

    def target(each: int) -> tuple[np.ndarray, np.ndarray]:
        x, labels = examples(each)
        return 0.7 * x @ rotation + 0.2 + 0.3 * rng.normal(size=x.shape), order[labels]

    x, y = examples(80)
    batches = [rng.permutation(800)[:64] for _ in range(80)]
    return Transfer(
        start=fresh(rng), source=(x, y, batches), train=target(each), test=target(60),
        batches=[rng.permutation(10 * each)[:32] for _ in range(steps)], untrained=fresh(rng),
    )  # fmt: skip


def fresh(rng: np.random.Generator) -> State:
    """An untrained network of widths 64-128-64 with ten classes."""
    state: State = {}
    for block, din, dout in (("features.block1", 64, 128), ("features.block2", 128, 64)):
        state[f"{block}.linear.weight"] = rng.normal(scale=(2 / din) ** 0.5, size=(dout, din))
        state[f"{block}.linear.bias"] = np.zeros(dout)
        state[f"{block}.norm.weight"], state[f"{block}.norm.bias"] = np.ones(dout), np.zeros(dout)
        state[f"{block}.norm.running_mean"] = np.zeros(dout)
        state[f"{block}.norm.running_var"] = np.ones(dout)
        state[f"{block}.norm.num_batches_tracked"] = np.asarray(0)
    state["head.weight"] = rng.normal(scale=0.125, size=(10, 64))
    state["head.bias"] = np.zeros(10)
    return state


def features_of(state: State, x: np.ndarray, blocks: int = 2) -> np.ndarray:
    """What the first blocks of a network make of x, batchnorm in eval mode."""
    for number in range(1, blocks + 1):
        part = {
            name.removeprefix(f"features.block{number}."): np.asarray(value, np.float64)
            for name, value in state.items()
        }
        x = x @ part["linear.weight"].T + part["linear.bias"]
        x = (x - part["norm.running_mean"]) / np.sqrt(part["norm.running_var"] + 1e-5)
        x = np.maximum(part["norm.weight"] * x + part["norm.bias"], 0.0)
    return x


def accuracy(probe: Any, features: np.ndarray, labels: np.ndarray) -> float:
    """The share of examples whose largest logit is that of their label."""
    weight, bias = (np.asarray(part, np.float64) for part in probe)
    return float(np.mean(np.argmax(features @ weight.T + bias, axis=1) == labels))


def logits(state: State, x: np.ndarray) -> np.ndarray:
    """What a network makes of x in eval mode."""
    weight, bias = (np.asarray(state[f"head.{part}"], np.float64) for part in ("weight", "bias"))
    return features_of(state, x) @ weight.T + bias


def probe_score(code: Code, task: Transfer, pretrained: State, blocks: int = 2) -> float:
    """The accuracy of a linear probe on what the first blocks give; on the inputs, for 0 blocks."""
    (x, y), (test, labels) = task.train, task.test
    features = features_of(pretrained, x, blocks)
    # No generator: one made here would be the CPU's, and the features may be elsewhere.
    found = probe_in(code, code.train_linear_probe(features, y, 10, task.batches, 0.3))
    if not expect.like(found, (np.zeros((10, features.shape[1])), np.zeros(10)), what=PROBE):
        return float("nan")
    return accuracy(found, features_of(pretrained, test, blocks), labels)


def finetune_score(
    code: Code, task: Transfer, pretrained: State, lr: float, frozen: Sequence[str] = ()
) -> float:
    """The accuracy of the network after fine-tuning, with a new head."""
    heads = {name: task.untrained[name] for name in ("head.weight", "head.bias")}
    model = network(code, {**pretrained, **heads})
    freeze_by_hand(model, pretrained, frozen)
    now = state_in(code, code.finetune(model, *task.train, task.batches, lr)[0])
    if not expect.like(now, pretrained, what="state_dict after finetune"):
        return float("nan")
    return share_right(now, task.test)


def scratch_score(reference: Code, task: Transfer, times: int) -> float:
    """The accuracy of the same network without pretraining, after so many times the steps."""
    batches = task.batches * times
    return share_right(reference.pretrain(task.untrained, *task.train, batches, 1.0), task.test)


def share_right(state: State, test: tuple[np.ndarray, np.ndarray]) -> float:
    """The share of examples that a network classifies right."""
    x, labels = test
    return float(np.mean(np.argmax(logits(state, x), axis=1) == labels))


def experiment(reference: Code, draw: Draw, **kind: Any) -> tuple[list[Transfer], list[State]]:
    """Tasks of six seeds, two blocks of three, and the network pretrained on each source."""
    tasks = [transfer(int(seed), **kind) for seed in draw.integers(0, 1 << 31, 6)]
    return tasks, [reference.pretrain(task.start, *task.source, 0.2) for task in tasks]


PROBE = "(weight, bias)"
Score = Callable[[int], float]


# Measured over 90 seeds; z is how many standard deviations of a block's mean right work stays
# inside the margin, and wrong work outside. Both blocks must fail: z = 5 is 3e-7 for one, 1e-13
# for both.
OTHER_STARTS = "below 1e-12: from other starts (torch's own; normal, 1/sqrt(D)) z is {} a block"
OTHER_HEADS = "below 1e-12: with other heads z is {} a block; the head is given"
GROSS = "100 % (z {}) of {}; the rest is for the exact steps"
BASELINE = "the gap is {}, sd {} a seed: z is {} a block"


def as_good_as_the_reference(
    mine: Score, theirs: Score, *, what: str, margin: float, false_fail: str, power: str
) -> None:
    """The student's accuracy is the reference's, over the seeds of `experiment`."""
    expect.converges(
        mine, theirs, list(range(6)), what=what, margin=margin, false_fail=false_fail, power=power
    )


def well_ahead_of(
    mine: Score, baseline: Score, *, what: str, ahead: float, gap: tuple[float, float, float]
) -> None:
    """The student's accuracy is so much above that of a worse strategy, run by the reference.

    `gap` was measured: the reference's mean lead, its standard deviation, and z.
    """
    expect.converges(
        mine, lambda number: baseline(number) + ahead + 0.05, list(range(6)), what=what,
        margin=0.05, false_fail="below 1e-12: " + BASELINE.format(*gap),
        power=f"work that is no more than {ahead:g} ahead fails, by definition",
    )  # fmt: skip


@check(
    item="near_probe.converges",
    ru="Похожая задача: классификатор как у эталона и много лучше сети с нуля",
)
def a_probe_beats_training_from_scratch(student: Code, reference: Code, draw: Draw) -> None:
    """Similar task: the probe is as good as the reference's, and far ahead of the same network
    trained from scratch for twice as many steps."""
    tasks, pretrained = experiment(reference, draw, each=5, steps=100)

    def score(code: Code, number: int) -> float:
        return probe_score(code, tasks[number], pretrained[number])

    mine = cache(lambda number: score(student, number))
    as_good_as_the_reference(
        mine, lambda number: score(reference, number), what="accuracy of the probe", margin=0.05,
        false_fail=OTHER_STARTS.format(8.6),
        power=GROSS.format(13, "an untrained network, shuffled labels, steps uphill"),
    )  # fmt: skip
    well_ahead_of(
        mine, lambda number: scratch_score(reference, tasks[number], 2),
        what="accuracy, against training from scratch", ahead=0.1, gap=(0.23, 0.04, 6.1),
    )  # fmt: skip


@check(
    item="far_probe.converges",
    ru="Непохожая задача: классификатор как у эталона и лучше, чем на других признаках",
)
def a_probe_on_early_layers(student: Code, reference: Code, draw: Draw) -> None:
    """Different task: the probe is as good as the reference's, and ahead of one on other
    features."""
    tasks, pretrained = experiment(reference, draw, each=5, steps=100, far=True)

    def score(code: Code, number: int, blocks: int) -> float:
        return probe_score(code, tasks[number], pretrained[number], blocks)

    mine = cache(lambda number: score(student, number, 1))
    as_good_as_the_reference(
        mine, lambda number: score(reference, number, 1),
        what="accuracy of the probe", margin=0.15,
        false_fail=OTHER_STARTS.format(18),
        power=GROSS.format(17, "an untrained probe, shuffled labels, steps uphill"),
    )  # fmt: skip
    well_ahead_of(
        mine, lambda number: score(reference, number, 2),
        what="accuracy, against a probe on other features", ahead=0.1,
        gap=(0.20, 0.035, 5.0),
    )  # fmt: skip


def probe_that_learns_at_all(item: str) -> Any:
    """Carries an error of train_linear_probe, which has cost its points already."""

    def learns(student: Code, reference: Code, draw: Draw) -> None:
        """Your own train_linear_probe gets well above chance."""
        tasks = [transfer(int(seed), each=50, steps=30) for seed in draw.integers(0, 1 << 31, 6)]
        well_above_chance(lambda number: probe_score(student, tasks[number], {}, 0))

    learns.__name__ = f"{item.partition('.')[0]}_learns_at_all"
    ru = "Ваш train_linear_probe заметно лучше случайного ответа"
    return check(item=item, carries="train_linear_probe", ru=ru)(learns)


def network_that_learns_at_all(item: str) -> Any:
    """Carries an error of finetune, which has cost its points already."""

    def learns(student: Code, reference: Code, draw: Draw) -> None:
        """Your own finetune gets a network well above chance."""
        tasks = [transfer(int(seed), each=50, steps=30) for seed in draw.integers(0, 1 << 31, 6)]
        well_above_chance(
            lambda number: finetune_score(student, tasks[number], tasks[number].start, 1.0)
        )

    learns.__name__ = f"{item.partition('.')[0]}_learns_at_all"
    ru = "Ваш finetune заметно лучше случайного ответа"
    return check(item=item, carries="finetune", ru=ru)(learns)


def well_above_chance(mine: Score) -> None:
    """The accuracy on ten classes is at least 0.3."""
    expect.converges(
        mine, lambda number: 0.35, list(range(6)), what="accuracy (0.1 is chance)", margin=0.05,
        false_fail="below 1e-12: the reference gets 0.8 and more", power="100 % at chance",
    )  # fmt: skip


near_probe_learns_at_all = probe_that_learns_at_all("near_probe.converges")
far_probe_learns_at_all = probe_that_learns_at_all("far_probe.converges")


@check(
    item="near_finetune.converges",
    ru="Похожая задача: дообучение как у эталона и лучше сети с нуля",
)
def finetuning_beats_training_from_scratch(student: Code, reference: Code, draw: Draw) -> None:
    """Similar task: 40 steps of fine-tuning are as good as the reference's, and far ahead of 200
    steps from scratch."""
    tasks, pretrained = experiment(reference, draw, each=5, steps=40)

    def score(code: Code, number: int) -> float:
        return finetune_score(code, tasks[number], pretrained[number], 0.2)

    mine = cache(lambda number: score(student, number))
    as_good_as_the_reference(
        mine, lambda number: score(reference, number), what="accuracy", margin=0.1,
        false_fail=OTHER_HEADS.format(9.1),
        power=GROSS.format(13, "an untrained network, steps uphill"),
    )  # fmt: skip
    well_ahead_of(
        mine, lambda number: scratch_score(reference, tasks[number], 5),
        what="accuracy, against training from scratch", ahead=0.1, gap=(0.22, 0.036, 5.6),
    )  # fmt: skip


@check(
    item="near_finetune.converges", ru="Похожая задача: дообучение, когда часть слоёв заморожена"
)
def finetuning_a_few_layers(student: Code, reference: Code, draw: Draw) -> None:
    """Similar task: fine-tuning with frozen layers is as good as the reference's."""
    tasks, pretrained = experiment(reference, draw, each=50, steps=80)

    def score(code: Code, number: int) -> float:
        return finetune_score(code, tasks[number], pretrained[number], 0.2, ["block1"])

    as_good_as_the_reference(
        lambda number: score(student, number), lambda number: score(reference, number),
        what="accuracy", margin=0.1, false_fail=OTHER_HEADS.format(26),
        power=GROSS.format(7.3, "an untrained network, steps uphill"),
    )  # fmt: skip


@check(
    item="far_finetune.converges",
    ru="Непохожая задача: дообучение как у эталона и много лучше классификатора",
)
def finetuning_many_layers(student: Code, reference: Code, draw: Draw) -> None:
    """Different task: fine-tuning is as good as the reference's, and far ahead of a probe on the
    frozen features."""
    tasks, pretrained = experiment(reference, draw, each=50, steps=80, far=True)

    def score(code: Code, number: int) -> float:
        return finetune_score(code, tasks[number], pretrained[number], 1.0)

    mine = cache(lambda number: score(student, number))
    as_good_as_the_reference(
        mine, lambda number: score(reference, number), what="accuracy", margin=0.1,
        false_fail=OTHER_HEADS.format(17),
        power=GROSS.format(5.9, "a head that trains alone, sums for means, steps uphill"),
    )  # fmt: skip
    well_ahead_of(
        mine, lambda number: probe_score(reference, tasks[number], pretrained[number]),
        what="accuracy, against a probe on frozen features", ahead=0.15,
        gap=(0.22, 0.025, 5.1),
    )  # fmt: skip


near_finetune_learns_at_all = network_that_learns_at_all("near_finetune.converges")
far_finetune_learns_at_all = network_that_learns_at_all("far_finetune.converges")
