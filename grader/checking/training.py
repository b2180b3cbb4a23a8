"""What a check may expect of training: weights of the right form, path and score.

Reached as `expect.like`, `expect.trajectory` and `expect.converges`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np

from grader.checking.collector import flag, judge, misconception_seated, noted
from grader.errors import CourseError
from grader.numeric import sketch
from grader.numeric.curve import (
    LEAST_SEEDS,
    STEP_TOLERANCE,
    Block,
    block_of,
    convergence_evidence,
    likeness_evidence,
    trajectory_evidence,
)
from grader.numeric.difference import as_float64, described, holds_numbers

Case = TypeVar("Case")


def like(given: Any, like: Any, *, what: str) -> bool:
    """Expect a value of this form: the same parts, keys and shapes, and finite numbers throughout.

    Floats of any width are alike, so are a number and a 0-d array, a tuple and a list, a list of
    numbers and a vector. Ask this of
    weights before anything is computed with them, and leave the check where it is False:

        if not expect.like(weights, initial, what="weights"):
            return

    False fail: none; nothing random is compared.

    Args:
        given: arrays and numbers, in tuples, lists and dicts.
        like: a value of the right form, whatever its numbers.
        what: the name the task text has for it.
    Returns: whether it is so; bare, it never returns False.
    Raises: Mismatch with what is missing or extra, of another shape, or not finite.
    """
    evidence = likeness_evidence(given, like, what=what, nonfinite_match=misconception_seated())
    judge(evidence)
    return evidence is None


def trajectory(given: Any, wanted: Any, *, what: str) -> None:
    """Expect weights where the same exact steps take the reference's.

    For training whose initial weights, batches, learning rate and number of steps (about 20) all
    come from the check, in float64. The form comes first, as `like` has it; then each array must
    hold max|given - wanted| <= max(1e-6 * max|wanted|, 1e-6). Compare single arrays of layers, not
    all weights as one vector. Not for float32, in which right code drifts by up to 0.3 in 20 steps.

    False fail: below 1e-9. Right code that rounds otherwise was measured 3e-16 off after 20 steps
    of plain descent, 1e-12 with normalisation over the batch, 2e-9 after 190 with momentum. Power:
    100 % of the mistakes tried: weight decay of 1e-4, a learning rate 1 % off, the last batch left
    out, biases that do not move, gradients not cleared; the least of them is 2e-4 off.
    tests/numeric/test_curve.py repeats such a measurement.

    Args:
        given, wanted: nested tuples, lists or dicts of arrays: weights by layer, and buffers.
        what: the name the task text has for them; a part is `what[0]['W']`.
    Raises: Mismatch at the worst place of the first array that is off.
    """
    judge(
        trajectory_evidence(given, wanted, what=what, nonfinite_match=misconception_seated()),
        lambda evidence, asked: sketch.of_close(
            given,
            wanted,
            what=what,
            part=evidence.what,
            where=evidence.where,
            asked=(),
            tolerance=STEP_TOLERANCE,
            scale="array",
        ),
    )


def converges(
    student_score: Callable[[Case], float],
    reference_score: Callable[[Case], float],
    cases: Sequence[Case],
    *,
    what: str,
    margin: float,
    false_fail: float | str,
    power: float | str,
    ceiling: float | None = None,
) -> None:
    """Expect training to end about as well as the reference's on the same data.

    Both are scored on every case, a higher score being better. The cases are two blocks of equal
    size, each of at least 3 data sets; a block is passed when the mean of student - reference over
    it is at least -margin. Only who misses the first is asked for the second, and only who misses
    both fails, so that a false fail of p a block becomes p**2. Who is above `ceiling` in both is
    flagged for a person to look at, and passes. A misconception in the reference's seat explains a
    student whose first block lies within the margin on either side: much better is another belief.

    False fail and power are those of the design (the task, the statistic, the margin), so they are
    arguments, they go into the evidence, and an author measures them: false fail over right
    solutions with random numbers of their own, power over wrong ones. Take a margin at least five
    standard deviations of a block's mean away from zero; with normal tails that is 3e-7 a block and
    1e-13 for both.

    Args:
        student_score, reference_score: take a case, ask student.… or reference.… for trained
            weights, and compute their score here, on data that the student never had. No claim of
            the student's is a score. `expect.like` should come first; a score during which a
            mismatch is noted ends the expectation, whatever its value.
        cases: all drawn before anything is asked, a data set each, with a seed where one is used.
        what: the name of the score: "accuracy on new data".
        margin: how much less than the reference's mean is allowed, above 0.
        false_fail: how often right work fails, both blocks together, and how that is known.
        power: how much wrong work is caught, and how that is known.
        ceiling: how much more than the reference's mean needs a look; None for no bound.
    Raises: Mismatch with the means of both blocks, to two decimals; CourseError for too few cases,
        a margin that is not above 0, a score that is no number, or a reference's not finite.
    """
    if len(cases) < 2 * LEAST_SEEDS or len(cases) % 2:
        raise CourseError(
            f"expect.converges: {what} has {len(cases)} cases; draw two blocks of equal size, "
            f"each of at least {LEAST_SEEDS}"
        )
    if not margin > 0 or (ceiling is not None and not ceiling > 0):
        raise CourseError(f"expect.converges: margin and ceiling of {what} must be above 0")
    half = len(cases) // 2
    if misconception_seated():
        _explained(student_score, reference_score, cases[:half], what=what, margin=margin)
        return
    # The reference's questions come first: they must not depend on how the student does.
    wanted = [_score(reference_score(case), what) for case in cases]
    if not np.isfinite(wanted).all():
        raise CourseError(f"expect.converges: the reference's {what} is not finite")
    blocks, scores = list[Block](), list[float]()
    for part in (slice(0, half), slice(half, None)):
        given, before = [], noted()
        for case in cases[part]:
            given.append(_score(student_score(case), what))
            if noted() > before:
                return
        scores += given
        block = block_of(given, wanted[part])
        too_good = ceiling is not None and block.exceeds(ceiling)
        if not block.falls_short(margin) and not too_good:
            return
        blocks.append(block)
    note = (
        f"means over 2 x {half} data sets, both blocks; false fail {_chance(false_fail)}, "
        f"power {_chance(power)}"
    )
    if all(block.falls_short(margin) for block in blocks):
        judge(
            convergence_evidence(blocks, what=what, allowed=margin, note=note),
            lambda evidence, asked: sketch.of_runs(scores, wanted, what=what, margin=margin),
        )
    elif ceiling is not None and all(block.exceeds(ceiling) for block in blocks):
        note = f"better than training on these data should be; {note}"
        flag(convergence_evidence(blocks, what=what, allowed=ceiling, note=note))


def _explained(
    student_score: Callable[[Case], float],
    reference_score: Callable[[Case], float],
    cases: Sequence[Case],
    *,
    what: str,
    margin: float,
) -> None:
    """Expect a misconception, trained on the student's data, to end where the student did.

    One block decides, and no more of it is trained than that takes: both saw the same data, so that
    a second block would say the same.
    """
    given, wanted, before = list[float](), list[float](), noted()
    for case in cases:
        given.append(_score(student_score(case), what))
        if noted() > before:
            return
        wanted.append(_score(reference_score(case), what))
        block = block_of(given, wanted, nonfinite_match=True)
        if not np.isfinite(block.difference):
            break
    if block.falls_short(margin) or block.exceeds(margin):
        judge(convergence_evidence([block], what=what, allowed=margin, note=""))


def _score(value: Any, what: str) -> float:
    if not holds_numbers(value) or np.ndim(value) != 0:
        raise CourseError(
            f"expect.converges: the score of {what} is {described(value)}, not a number"
        )
    return float(as_float64(value))


def _chance(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.2g}"
