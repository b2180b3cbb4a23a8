"""Hidden checks of the transfer: near and far tasks, a probe and fine-tuning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np

from grader import Code, Draw, check, expect

from .checks_models import freeze_by_hand
from .checks_networks import State, network, probe_in, state_in
from .checks_transfer import accuracy, fresh

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
    """The student's accuracy is the reference's, over the seeds of `experiment`.

    Right work differs from right work as often upwards as downwards, so the margin is the ceiling
    too: who is farther above has seen more than the training examples.
    """
    expect.converges(
        mine, theirs, list(range(6)), what=what, margin=margin, ceiling=margin,
        false_fail=false_fail, power=power,
    )  # fmt: skip


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
