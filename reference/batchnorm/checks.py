"""Hidden checks of batch normalization.

What every layer must do is written once (checks_layers.py), as functions of two Codes; a check
hands them its cases. Only what is drawn is ever sent to the reference, so that its answers can be
recorded.

A wrong batchnorm_forward is paid once. What is built on it, and what comes after it, is also
compared with the student's own (checks_own.py): the checks with `carries` know only what the
student's functions answered, and that these are not far from a batchnorm at all.
"""

from __future__ import annotations

import numpy as np

from grader import Code, Draw, check, expect

from .checks_inputs import GRADIENTS, bn_param, scale_and_shift
from .checks_layers import (
    RUNNING,
    Arguments,
    Case,
    columns,
    gradients_agree,
    outputs_agree,
    polite_backward,
    polite_forward,
    running_after,
    running_agree,
    running_keeps_float32,
    settled_case,
    settled_on,
    single_precision,
)
from .checks_own import BATCHNORM, follows_own_forward, near_forward, own_running, refuse_strangers

# --- batchnorm: forward ----------------------------------------------------------------------


def batchnorm_case(draw: Draw) -> Arguments:
    """x (7, 4), gamma, beta and a bn_param in train mode."""
    return columns(draw, 7, 4), *scale_and_shift(draw, 4), bn_param(draw, 4, eps=1e-3, momentum=0.8)


@check(
    item="batchnorm.forward", ru="Выход верен для других форм и eps, в том числе малых разбросов"
)
def batchnorm_out_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """The output is right for other shapes and eps, small spreads among them."""
    cases = [
        (columns(draw, n, d, low=0.03), *scale_and_shift(draw, d), bn_param(draw, d, **settings))
        for n, d, settings in (
            (5, 7, {"eps": 1e-3, "momentum": 0.75}),
            (8, 3, {"eps": 1e-5, "momentum": 0.9}),
            (6, 6, {"eps": 1e-2}),
        )
    ]
    outputs_agree(student, reference, "batchnorm", cases)


@check(item="batchnorm.forward", ru="Постоянный столбец превращается в beta")
def batchnorm_of_a_constant_column(student: Code, reference: Code, draw: Draw) -> None:
    """A column that is constant comes out as beta."""
    x = columns(draw, 8, 4)
    # A small whole number: its mean over 8 rows is exact in every floating type.
    x[:, draw.integers(0, 4)] = draw.integers(1, 4)
    case = (x, *scale_and_shift(draw, 4), bn_param(draw, 4, eps=1e-5, momentum=0.9))
    outputs_agree(student, reference, "batchnorm", [case], scale="array")


batchnorm_forward_is_polite = polite_forward("batchnorm", batchnorm_case)


@check(item="batchnorm.forward.identity", ru="γ и β растягивают и сдвигают то, что нормировано")
def batchnorm_can_be_undone_or_not(student: Code, reference: Code, draw: Draw) -> None:
    """gamma and beta stretch and move what is normalised."""
    x = columns(draw, 8, 5)
    std, mean = np.sqrt(x.var(axis=0) + 1e-2), x.mean(axis=0)
    param = bn_param(draw, 5, eps=1e-2, momentum=0.8)
    cases = [
        (x, gamma, beta, param)
        for gamma, beta in ((std, mean), (2 * std, 2 * mean), (np.ones(5), np.zeros(5)))
    ]
    outputs_agree(student, reference, "batchnorm", cases)


@check(
    item="batchnorm.forward.identity", carries="batchnorm.forward",
    ru="γ и β действуют на то, что нормировал ваш прямой проход",
)  # fmt: skip
def gamma_and_beta_act_on_your_own(student: Code, reference: Code, draw: Draw) -> None:
    """gamma and beta act on what your own batchnorm_forward normalised."""
    refuse_strangers(student, BATCHNORM, draw)
    x, gamma, beta, param = batchnorm_case(draw)
    out, _ = student.batchnorm_forward(x, gamma, beta, param)
    normal = near_forward(student, BATCHNORM, x, np.ones(4), np.zeros(4), param)
    expect.close(out, gamma * normal + beta, what="out")


def far_columns(draw: Draw, n: int) -> tuple[np.ndarray, np.ndarray]:
    """x (n, 4) around zero, and the same a million and more away."""
    x = draw.normal(n, 4) * np.asarray([1.0, 0.5, 1.0, 2.0])
    return x, x + np.asarray([3e6, -1e6, 4e6, 0.0])[draw.permutation(4)]


@check(item="batchnorm.forward.stable", ru="Сдвиг на миллионы не портит выход")
def batchnorm_out_at_some_millions(student: Code, reference: Code, draw: Draw) -> None:
    """Offsets of some millions do no harm."""
    cases = [
        (far_columns(draw, n)[1], *scale_and_shift(draw, 4), bn_param(draw, 4, eps=1e-5))
        for n in (16, 40)
    ]
    outputs_agree(student, reference, "batchnorm", cases)


@check(
    item="batchnorm.forward.stable", carries="batchnorm.forward",
    ru="Сдвиг на миллионы не меняет вашего выхода",
)  # fmt: skip
def an_offset_changes_nothing_of_your_own(student: Code, reference: Code, draw: Draw) -> None:
    """An offset of millions changes nothing in the output of your own batchnorm_forward."""
    (x, far), affine = far_columns(draw, 40), scale_and_shift(draw, 4)
    param = bn_param(draw, 4, eps=1e-5, momentum=0.9)
    refuse_strangers(student, BATCHNORM, draw)
    out = near_forward(student, BATCHNORM, x, *affine, param)
    moved, _ = student.batchnorm_forward(far, *affine, param)
    expect.close(moved, out, what="out")


# --- batchnorm: running statistics and test mode ---------------------------------------------


@check(item="batchnorm.forward.running", ru="Верны для других форм и momentum, по умолчанию 0.9")
def running_statistics_for_other_momentum(student: Code, reference: Code, draw: Draw) -> None:
    """The running statistics are right for other shapes and momentum; its default is 0.9."""
    cases = [
        (columns(draw, n, d), *scale_and_shift(draw, d), bn_param(draw, d, **settings))
        for n, d, settings in (
            (5, 7, {"eps": 1e-3, "momentum": 0.75}),
            (8, 3, {"eps": 1e-3}),
            (4, 4, {"eps": 1e-2, "momentum": 0.95}),
        )
    ]
    running_agree(student, reference, "batchnorm", cases)


@check(
    item="batchnorm.forward.running", ru="Кроме скользящих статистик, в bn_param ничего не меняется"
)
def the_rest_of_bn_param_stays(student: Code, reference: Code, draw: Draw) -> None:
    """Nothing else in bn_param changes."""
    *rest, before = batchnorm_case(draw)
    left = []
    for code in (student, reference):
        param = code.keep(before)
        code.batchnorm_forward(*rest, param)
        after = code.read(param)
        left.append({key: after[key] for key in sorted(after) if key not in RUNNING})
    expect.equal(left[0], left[1], what="bn_param without the running statistics")


@check(
    item="batchnorm.forward.running", carries="batchnorm.forward",
    ru="Скользящие статистики усредняют то, чем делит ваш прямой проход",
)  # fmt: skip
def running_statistics_hold_your_own(student: Code, reference: Code, draw: Draw) -> None:
    """The running statistics average those that your own forward pass normalises with."""
    refuse_strangers(student, BATCHNORM, draw)
    x, gamma, beta, before = batchnorm_case(draw)
    given = running_after(student, "batchnorm", (x, gamma, beta, before))
    for name, mine, wanted in zip(
        RUNNING, given, own_running(student, BATCHNORM, x, before), strict=True
    ):
        expect.close(mine, wanted, what=name, tolerance=1e-6, scale="array")


batchnorm_running_keeps_float32 = running_keeps_float32(
    "batchnorm.forward.running", "batchnorm", batchnorm_case
)


@check(item="batchnorm.forward.test", ru="Выход верен для других форм и eps, и для одного примера")
def batchnorm_test_out_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """The output in test mode is right for other shapes and eps, and for a single example."""
    cases = [
        settled_case(draw, 5, 7, eps=1e-3, momentum=0.75),
        settled_case(draw, 1, 3, eps=1e-2),
        settled_case(draw, 6, 4),
    ]
    outputs_agree(student, reference, "batchnorm", cases)


@check(item="batchnorm.forward.test", ru="Каждая строка сама по себе, и смесь двух строк")
def batchnorm_test_goes_row_by_row(student: Code, reference: Code, draw: Draw) -> None:
    """In test mode each row alone is right, and so is a mixture of two: the layer is linear."""
    x, *rest = settled_case(draw, 6, 4, eps=1e-3, momentum=0.8)
    mixture = 0.25 * x[:1] + 0.75 * x[1:2]
    calls = [(rows, *rest) for rows in (x, *(x[i : i + 1] for i in range(6)), mixture)]
    given, wanted = (
        [out for out, _ in code.batchnorm_forward.many(calls)] for code in (student, reference)
    )
    expect.close(np.concatenate(given[1:-1]), wanted[0], what="out, row by row")
    expect.close(given[0], wanted[0], what="out of all rows")
    mixed = 0.25 * wanted[0][:1] + 0.75 * wanted[0][1:2]
    expect.close(given[-1], mixed, what="out of a mixture of two rows", scale="array")


@check(item="batchnorm.forward.test", ru="bn_param остаётся как был")
def batchnorm_test_leaves_bn_param_alone(student: Code, reference: Code, draw: Draw) -> None:
    """In test mode bn_param stays as it was."""
    *rest, before = settled_case(draw, 6, 4, eps=1e-3, momentum=0.8)
    after = []
    for code in (student, reference):
        param = code.keep(before)
        code.batchnorm_forward(*rest, param)
        after.append(code.read(param))
    expect.equal(*after, what="bn_param after a call in test mode")


@check(
    item="batchnorm.forward.test", carries="batchnorm.forward",
    ru="Со статистиками батча test даёт то же, что ваш train",
)  # fmt: skip
def test_mode_repeats_your_own_train_mode(student: Code, reference: Code, draw: Draw) -> None:
    """With the batch's own statistics, test mode gives what your train mode gives."""
    refuse_strangers(student, BATCHNORM, draw)
    x, gamma, beta, param = batchnorm_case(draw)
    out = near_forward(student, BATCHNORM, x, gamma, beta, param)
    settled = settled_on(x.T, param)
    rows = [(x[i : i + 1], gamma, beta, settled) for i in range(len(x))]
    again = np.concatenate([row for row, _ in student.batchnorm_forward.many(rows)])
    expect.close(again, out, what="out in test mode")


# --- batchnorm: backward ---------------------------------------------------------------------


def batchnorm_cases(draw: Draw) -> tuple[list[Case], list[Case]]:
    """Two cases of one shape, and others, one with a column of small spread."""

    def case(n: int, d: int, low: float = 0.3, **settings: float) -> Case:
        x, affine = columns(draw, n, d, low=low), scale_and_shift(draw, d)
        return (x, *affine, bn_param(draw, d, **settings)), draw.upstream(n, d)

    twins = [case(6, 4, eps=1e-3, momentum=0.8) for _ in range(2)]
    others = [case(8, 3, low=0.03, eps=1e-3), case(5, 7, eps=1e-5), case(6, 6, eps=1e-2)]
    return twins, others


@check(item="batchnorm.backward", ru="dx верен при чередовании вызовов и для других форм")
def batchnorm_dx_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """dx is right when calls are interleaved, and for other shapes."""
    for cases in batchnorm_cases(draw):
        gradients_agree(student, reference, "batchnorm", cases, ("dx",))


@check(item="batchnorm.backward.parameters", ru="dgamma и dbeta верны для других форм")
def batchnorm_dgamma_dbeta_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """dgamma and dbeta are right when calls are interleaved, and for other shapes."""
    for cases in batchnorm_cases(draw):
        gradients_agree(student, reference, "batchnorm", cases, ("dgamma", "dbeta"))


batchnorm_dx_follows_your_own_forward = follows_own_forward(
    "batchnorm.backward", BATCHNORM, batchnorm_case, ("dx",)
)
batchnorm_dgamma_follows_your_own_forward = follows_own_forward(
    "batchnorm.backward.parameters", BATCHNORM, batchnorm_case, ("dgamma", "dbeta")
)
batchnorm_backward_is_polite = polite_backward("batchnorm", batchnorm_case, ("dx",))


@check(item="batchnorm.backward.parameters", ru="float32 остаётся float32")
def batchnorm_dgamma_dbeta_keep_float32(student: Code, reference: Code, draw: Draw) -> None:
    """float32 stays float32."""
    single = single_precision(batchnorm_case(draw))
    dout = draw.upstream(*single[0].shape).astype(np.float32)
    given, wanted = (
        code.batchnorm_backward(dout, code.batchnorm_forward(*single)[1])
        for code in (student, reference)
    )
    for name, mine, theirs in list(zip(GRADIENTS, given, wanted, strict=True))[1:]:
        expect.close(mine, theirs, what=f"{name} for float32", tolerance=5e-3, scale="array")
