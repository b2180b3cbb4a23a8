"""Hidden checks of fine-tuning.

A model lives in its box: every check builds a Net there from a drawn state, hands it to the code,
and asks for flags, modes and states. Both seats are asked the same, and what is compared are facts
(which names moved, which modes came back), so that a misconception can be recognized.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import Code, Draw, check, expect

from .checks_models import OTHER_CLASSES, OTHER_WIDTHS, freeze_by_hand, single
from .checks_networks import (
    CLASSES,
    State,
    after_freezing,
    at,
    facts_of_the_head,
    flags,
    loaded,
    modes,
    network,
    parameters,
    state_in,
    state_of,
)

# --- load_pretrained -------------------------------------------------------------------------


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
