"""Visible checks of fine-tuning: what `grader check` runs on your own machine.

Every item is also asked hidden questions when it is graded: other widths, other places to freeze
up to, other dtypes, and whether your functions leave alone what is not theirs. Networks are small
and their weights drawn anew; the class is `network.Net`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader import Code, Draw, check, expect

from .checks_networks import (
    CLASSES,
    State,
    after_freezing,
    at,
    effects,
    facts_of_the_head,
    loaded,
    minibatches,
    modes,
    network,
    probes_agree,
    rates,
    state_in,
    state_of,
    without_gradients,
)

# --- load_pretrained -------------------------------------------------------------------------


@check(item="load_pretrained", ru="Загружено всё, что подходит; остальные имена возвращены")
def what_fits_is_loaded(student: Code, reference: Code, draw: Draw) -> None:
    """Everything that fits is loaded, and the other names are returned."""
    own, pretrained = state_of(draw), state_of(draw, classes=5)
    pretrained["fc.weight"] = draw.normal(5, 4)
    given, wanted = (loaded(code, own, pretrained) for code in (student, reference))
    expect.equal(given[0], wanted[0], what="the names that were not loaded")
    expect.equal(given[1], wanted[1], what="state_dict after load_pretrained")


# --- replace_head ----------------------------------------------------------------------------


@check(item="replace_head", ru="Новая линейная голова нужного размера и типа, не нулевая")
def the_head_is_new(student: Code, reference: Code, draw: Draw) -> None:
    """The head is a new linear layer of the right size and dtype, and not zero."""
    own = state_of(draw)
    given, wanted = (
        facts_of_the_head(code.replace_head(network(code, own), 5), own)
        for code in (student, reference)
    )
    expect.equal(given, wanted, what="the new head:")


# --- freeze ----------------------------------------------------------------------------------


@check(item="freeze", ru="Градиент нужен ровно тому, что идёт начиная с until")
def what_comes_before_is_frozen(student: Code, reference: Code, draw: Draw) -> None:
    """Parameters before `until` need no gradient; `until` itself and what follows do."""
    own = state_of(draw)
    for until in ("features.block3", "head"):
        given, wanted = (after_freezing(code, own, until)[0] for code in (student, reference))
        expect.equal(given, wanted, what=f'requires_grad after freeze(model, "{until}")')


@check(item="freeze.batchnorm", ru="Замороженные слои batchnorm — в режиме eval")
def frozen_batchnorm_is_in_eval_mode(student: Code, reference: Code, draw: Draw) -> None:
    """Batchnorm layers before `until` are in eval mode, the others in train mode."""
    own, until = state_of(draw), "features.block2"
    given, wanted = (after_freezing(code, own, until)[1] for code in (student, reference))
    expect.equal(given, wanted, what=f'training after freeze(model, "{until}")')


@check(
    item="freeze.batchnorm", carries="freeze",
    ru="Режим batchnorm согласован с тем, что заморозили вы",
)  # fmt: skip
def modes_agree_with_your_own_flags(student: Code, reference: Code, draw: Draw) -> None:
    """Batchnorm is in eval mode exactly where your own freeze left no gradient."""
    own = state_of(draw)
    for until in ("features.block3", "features.block2"):
        given, wanted = (agreement(code, own, until) for code in (student, reference))
        expect.equal(given, wanted, what=f'freeze(model, "{until}")')


def agreement(code: Code, own: State, until: str) -> dict[str, bool]:
    """Whether modes and flags tell the same, and something is frozen at all."""
    trains, training = after_freezing(code, own, until)
    return {
        "modes agree with requires_grad": all(
            training[name] == trains[f"{name}.weight"] for name in training
        ),
        "the first block is in eval mode": not training["features.block1.norm"],
    }


@check(item="freeze.thaw", ru="Второй вызов с более ранним именем размораживает")
def a_second_call_thaws(student: Code, reference: Code, draw: Draw) -> None:
    """A second call with an earlier name thaws what comes after it."""
    own = state_of(draw)
    given, wanted = (thawing(code, own) for code in (student, reference))
    expect.equal(given, wanted, what='freeze(model, "head"), then freeze(model, "features.block2")')


def thawing(code: Code, own: State) -> dict[str, bool]:
    """Whether two calls of somebody's freeze are as good as the second alone, and thaw."""
    late, early = "head", "features.block2"
    both, alone, before = (
        after_freezing(code, own, *untils) for untils in ((late, early), (early,), (late,))
    )
    return {
        "the same requires_grad as after the second call alone": both[0] == alone[0],
        "the same batchnorm modes as after the second call alone": both[1] == alone[1],
        "something was thawed": sum(before[0].values()) < sum(both[0].values()),
    }


# --- features and a linear classifier on top -------------------------------------------------


@check(item="extract_features", ru="Признаки совпадают с эталоном, без графа")
def features_equal_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The features equal the reference's, and carry no graph."""
    own, x = state_of(draw), draw.normal(9, 6)
    found = [code.extract_features(network(code, own), x) for code in (student, reference)]
    given, wanted = (held.code.read(held) for held in found)
    expect.close(given, wanted, what="features", scale="array")
    graph, no_graph = (held.code.read(held.requires_grad) for held in found)
    expect.equal(graph, no_graph, what="features.requires_grad")


@check(item="extract_features.modes", ru="У каждого модуля прежний режим")
def every_mode_is_restored(student: Code, reference: Code, draw: Draw) -> None:
    """Every module is afterwards in the mode it was in before."""
    own, x = state_of(draw), draw.normal(9, 6)
    given, wanted = (modes_after_extraction(code, own, x) for code in (student, reference))
    expect.equal(given[0], wanted[0], what="rows of the features")
    expect.equal(given[1], wanted[1], what="training after extract_features")


def modes_after_extraction(code: Code, own: State, x: np.ndarray) -> tuple[Any, Any]:
    """The rows of the features, and the modes of a network of which one block was in eval mode."""
    model = network(code, own)
    at(model, "features.block2").eval()
    features = code.read(code.extract_features(model, x))
    names = ["features", "features.block1.linear", "features.block2", "head"]
    training = {name: code.read(at(model, name).training) for name in names}
    return np.shape(features)[:1], {**training, **modes(code, model, own)}


@check(item="train_linear_probe", ru="Веса — те, что даёт SGD с вашего начального приближения")
def the_probe_is_trained_by_sgd(student: Code, reference: Code, draw: Draw) -> None:
    """The weights are those that SGD gives from your own starting point."""
    features, labels = np.abs(draw.normal(20, 4)), draw.labels(20, 3)
    batches = minibatches(draw, 20, (8, 8, 4) * 3)
    given, wanted = probes_agree(student, reference, features, labels, 3, batches, 0.5)
    if expect.like(given, wanted, what="(weight, bias)"):
        expect.trajectory(given, wanted, what="(weight, bias)")


# --- parameter_groups ------------------------------------------------------------------------


@check(item="parameter_groups", ru="У головы lr, у признаков lr/10, замороженных нет")
def each_parameter_has_its_rate(student: Code, reference: Code, draw: Draw) -> None:
    """The head has lr, the features lr/10, and frozen parameters are in no group."""
    own = state_of(draw)
    given, wanted = (rates(code, own, ["block1"], 0.3) for code in (student, reference))
    expect.close(given, wanted, what="learning rates", tolerance=1e-9)


# --- finetune --------------------------------------------------------------------------------


@check(item="finetune", ru="Через 20 шагов веса и статистики — те же, что у эталона")
def twenty_steps_lead_to_the_same_weights(student: Code, reference: Code, draw: Draw) -> None:
    """After 20 steps weights and statistics are the reference's."""
    own, x, y = state_of(draw), draw.normal(24, 6), draw.labels(24, CLASSES)
    batches = minibatches(draw, 24, (8, 8, 5, 3) * 5)
    given, wanted = (
        state_in(code, code.finetune(network(code, own), x, y, batches, 0.2)[0])
        for code in (student, reference)
    )
    expect.trajectory(given, wanted, what="state_dict after 20 steps")


@check(item="finetune.losses", ru="Потеря каждого батча — до его шага, средняя по батчу")
def losses_are_those_before_the_step(student: Code, reference: Code, draw: Draw) -> None:
    """A loss is that of the batch before its step, the mean over the batch."""
    own, x, y = state_of(draw), draw.normal(9, 6), draw.labels(9, CLASSES)
    given, wanted = (
        code.finetune(network(code, own), x, y, [np.arange(9)], 0.5)[1]
        for code in (student, reference)
    )
    expect.close(given, wanted, what="losses", tolerance=1e-6)


@check(item="finetune.frozen", ru="Замороженное не меняется ни на бит, голова учится")
def the_frozen_part_stays(student: Code, reference: Code, draw: Draw) -> None:
    """Frozen parameters and their batchnorm statistics stay to the bit; the head learns."""
    own, x, y = state_of(draw), draw.normal(24, 6), draw.labels(24, CLASSES)
    batches = minibatches(draw, 24, (8, 8, 8) * 2)
    frozen = ["block1", "block2"]
    mine, theirs = (finetuned(code, own, frozen, x, y, batches) for code in (student, reference))
    if expect.like(mine, own, what="state_dict after finetune"):
        given, wanted = (effects(now, theirs, own, frozen) for now in (mine, theirs))
        expect.equal(given, wanted, what="after finetune:")


def finetuned(
    code: Code, own: State, frozen: Sequence[str], x: np.ndarray, y: np.ndarray,
    batches: list[np.ndarray], **more: float,
) -> State:  # fmt: skip
    """The state after fine-tuning with some blocks frozen, which came in train mode all the same:
    the loop itself must see to their batchnorm."""
    model = network(code, own)
    without_gradients(model, own, frozen)
    now = state_in(code, code.finetune(model, x, y, batches, 0.01, **more)[0])
    return {name: now[name] for name in own if name in now}


# --- which strategy --------------------------------------------------------------------------


@check(item="choose_strategy", ru="Стратегии для похожего набора данных")
def strategies_for_a_similar_data_set(student: Code, reference: Code, draw: Draw) -> None:
    """The strategies for a similar data set are the table's."""
    cases = [("little", "similar"), ("much", "similar")]
    given, wanted = (code.choose_strategy.many(cases) for code in (student, reference))
    expect.equal(given, wanted, what='strategies for "similar"')
