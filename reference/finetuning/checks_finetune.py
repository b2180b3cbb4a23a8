"""Hidden checks of finetune, and of which strategy fits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader import Code, Draw, check, expect

from .checks_models import OTHER_CLASSES, OTHER_WIDTHS, freeze_by_hand
from .checks_networks import (
    CLASSES,
    State,
    aligned,
    effects,
    minibatches,
    network,
    state_in,
    state_of,
)

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
