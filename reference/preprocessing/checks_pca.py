"""Hidden checks of PCA and whitening.

Signs of components, and their rotation inside equal eigenvalues, are the student's: components are
compared through sums of their outer products, in which equal eigenvalues have one weight.
"""

from __future__ import annotations

import numpy as np

from grader import Code, Draw, check, expect

from .checks_agreement import agree, are_near, polite
from .checks_inputs import Arguments, data_of, orthonormal


def ranked(components: np.ndarray, variances: np.ndarray) -> np.ndarray:
    """A sum of rank * outer(component, component), in which equal variances share a rank.

    It says which direction stands where, and knows neither signs nor how equal variances turn.
    """
    ranks = np.unique(variances, return_inverse=True)[1].ravel() + 1.0
    weights = ranks[: len(components)]
    return np.asarray(np.einsum("i,ij,ik->jk", weights, components, components))


def components_agree(
    student: Code, reference: Code, x: np.ndarray, k: int | None, variances: np.ndarray
) -> None:
    """Mean, right angles and directions are the reference's."""
    given, wanted = (code.fit_pca(x, k) for code in (student, reference))
    if not expect.like(given, wanted, what="(mean, components, eigenvalues)"):
        return
    expect.close(given[0], wanted[0], what="mean")
    mine, theirs = given[1], wanted[1]
    expect.close(mine @ mine.T, theirs @ theirs.T, what="components @ components.T", scale="array")
    expect.close(
        ranked(mine, variances), ranked(theirs, variances),
        what="components, ranked and without signs,", scale="array",
    )  # fmt: skip


def with_a_constant_column(x: np.ndarray, place: int) -> np.ndarray:
    """One column more, which never changes."""
    return np.insert(x, place, 7.0, axis=1)


@check(item="fit_pca", ru="Среднее и компоненты верны для других форм и k")
def components_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """Mean and components are right for other shapes and other k."""
    for n, variances in ((6, [9.0, 4.0, 1.5]), (9, [60.0, 30.0, 14.0, 6.0, 2.0, 0.5])):
        x, _ = data_of(draw, n, np.asarray(variances))
        for k in (1, 3, None):
            components_agree(student, reference, x, k, np.asarray(variances))


@check(item="fit_pca", ru="Внутри равных собственных значений компоненты свободны")
def components_of_equal_eigenvalues_are_free(student: Code, reference: Code, draw: Draw) -> None:
    """Inside equal eigenvalues any directions at right angles are right."""
    variances = np.asarray([16.0, 16.0, 5.0, 1.0, 1.0])
    x, _ = data_of(draw, 11, variances)
    for k in (2, 3, None):
        components_agree(student, reference, x, k, variances)


@check(item="fit_pca", ru="Постоянный столбец")
def components_with_a_constant_column(student: Code, reference: Code, draw: Draw) -> None:
    """A column that never changes has the last component to itself."""
    variances = np.asarray([12.0, 5.0, 2.0])
    x, _ = data_of(draw, 8, variances)
    x = with_a_constant_column(x, draw.integers(0, 4))
    for k in (2, None):
        components_agree(student, reference, x, k, np.append(variances, 0.0))


@check(item="fit_pca", ru="Аргумент не изменён, float32 остаётся float32")
def fit_pca_is_polite(student: Code, reference: Code, draw: Draw) -> None:
    """The argument stays as it was, and float32 stays float32."""
    variances = np.asarray([40.0, 12.0, 3.0])
    x, _ = data_of(draw, 8, variances)
    held = student.keep(x)
    student.fit_pca(held)
    expect.unchanged(held, what="x after the call")
    given, wanted = (code.fit_pca(x.astype(np.float32), 2) for code in (student, reference))
    if not expect.like(given, wanted, what="(mean, components, eigenvalues)"):
        return
    mine, theirs = ((answer[0], ranked(answer[1], variances)) for answer in (given, wanted))
    expect.close(
        mine, theirs, what="(mean, ranked components) for float32", tolerance=5e-3, scale="array"
    )


@check(item="fit_pca.eigenvalues", ru="Верны для других форм и k, равных значений, нуля")
def eigenvalues_for_other_data(student: Code, reference: Code, draw: Draw) -> None:
    """The eigenvalues are right for other shapes and k, for equal ones, and for a 0."""
    cases: list[Arguments] = []
    for n, variances in ((6, [9.0, 4.0, 1.5]), (11, [16.0, 16.0, 5.0, 1.0, 1.0])):
        x, _ = data_of(draw, n, np.asarray(variances))
        cases += [(x, 1), (x, 3), (x,), (with_a_constant_column(x, draw.integers(0, 3)),)]
    given, wanted = (code.fit_pca.many(cases) for code in (student, reference))
    for (_, _, mine), (_, _, theirs) in zip(given, wanted, strict=True):
        expect.close(mine, theirs, what="eigenvalues", tolerance=1e-9, scale="array")


@check(
    item="fit_pca.eigenvalues", carries="fit_pca",
    ru="Это средние квадраты вдоль ваших компонент, все и в вашем порядке",
)  # fmt: skip
def eigenvalues_are_the_variances_along_your_components(
    student: Code, reference: Code, draw: Draw
) -> None:
    """They are the mean squares along your own components, all of them, in your own order."""
    x, _ = data_of(draw, 9, np.asarray([30.0, 14.0, 6.0, 2.0]))
    given, wanted = (code.fit_pca(x) for code in (student, reference))
    if not expect.like(given, wanted, what="(mean, components, eigenvalues)"):
        return
    _, components, eigenvalues = map(np.asarray, given)
    # Of the centred data, or of what is easily taken for them; which it is, fit_pca has paid for.
    centred = x - x.mean(axis=0)
    views = centred, x, x - x.mean(), centred / centred.std(axis=0)
    squares = [np.sort(np.linalg.eigvalsh(view.T @ view / len(x))) for view in views]
    nearest = int(np.argmin([np.abs(np.sort(eigenvalues) - all_).max() for all_ in squares]))
    along = np.square(views[nearest] @ components.T).mean(axis=0)
    expect.close(eigenvalues, along, what="eigenvalues", scale="array")
    expect.close(
        np.sort(eigenvalues), squares[nearest], what="eigenvalues, sorted,", tolerance=1e-9,
        scale="array",
    )  # fmt: skip


def projections(draw: Draw) -> list[Arguments]:
    """Data, a mean that is not theirs, components: fewer than columns, as many, one example."""
    return [
        (draw.normal(n, d, shift=2.0), draw.normal(d), orthonormal(draw, k, d))
        for n, d, k in ((6, 5, 3), (4, 3, 3), (1, 4, 2), (3, 2, 1))
    ]


@check(item="pca_transform", ru="Верно для других форм и для одного примера")
def coordinates_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """The coordinates are right for other shapes, and for one example."""
    agree(student, reference, "pca_transform", projections(draw), "z", scale="array")


@check(item="pca_transform", ru="Аргументы не изменены, float32 остаётся float32")
def pca_transform_is_polite(student: Code, reference: Code, draw: Draw) -> None:
    """The arguments stay as they were, and float32 stays float32."""
    x, mean, components = draw.normal(6, 4), draw.normal(4, shift=1.0), orthonormal(draw, 2, 4)
    arguments = {"x": x, "mean": mean, "components": components}
    polite(student, reference, "pca_transform", arguments, "z")


@check(item="pca_inverse", ru="Верно для других форм и для одного примера")
def data_from_coordinates_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """What comes back is right for other shapes, and for one example."""
    cases: list[Arguments] = [
        (draw.normal(len(x), len(components)), mean, components)
        for x, mean, components in projections(draw)
    ]
    agree(student, reference, "pca_inverse", cases, "x", scale="array")


@check(item="pca_inverse", ru="Ошибка туда и обратно — сумма отброшенных собственных значений")
def the_round_trip_loses_the_dropped_eigenvalues(
    student: Code, reference: Code, draw: Draw
) -> None:
    """The mean squared error of the round trip is the sum of the dropped eigenvalues."""
    variances = np.asarray([20.0, 9.0, 4.0, 1.5])
    x, components = data_of(draw, 9, variances)
    mean, errors = x.mean(axis=0), []
    cases: list[Arguments] = [
        ((x - mean) @ components[:k].T, mean, components[:k].copy()) for k in (1, 2, 3)
    ]
    for code in (student, reference):
        backs = code.pca_inverse.many(cases)
        if not expect.like(backs, [x] * len(cases), what="x"):
            return
        errors.append(np.asarray([np.square(x - back).sum(axis=1).mean() for back in backs]))
    expect.close(errors[0], errors[1], what="sum of the dropped eigenvalues for k = 1, 2, 3")


@check(item="pca_inverse", ru="Аргументы не изменены, float32 остаётся float32")
def pca_inverse_is_polite(student: Code, reference: Code, draw: Draw) -> None:
    """The arguments stay as they were, and float32 stays float32."""
    z, mean, components = draw.normal(6, 2), draw.normal(4, shift=1.0), orthonormal(draw, 2, 4)
    arguments = {"z": z, "mean": mean, "components": components}
    polite(student, reference, "pca_inverse", arguments, "x")


def whitenings(draw: Draw) -> list[Arguments]:
    """Cases for the default eps and larger ones, with eigenvalues near eps and of exactly 0."""
    cases: list[Arguments] = []
    for (x, mean, components), eps in zip(projections(draw), (1e-3, 0.1, 1e-5, 1e-3), strict=True):
        eigenvalues = np.sort(10.0 ** draw.uniform(len(components), low=-3.0, high=1.0))[::-1]
        eigenvalues = eigenvalues.copy()
        if len(eigenvalues) == 3:
            eigenvalues[-1] = 0.0
        arguments = (x, mean, components, eigenvalues)
        cases.append(arguments if eps == 1e-5 else (*arguments, eps))
    return cases


@check(item="whiten", ru="Верно для других форм и eps, при собственном значении 0")
def whitened_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """The result is right for other shapes and eps, and for an eigenvalue of 0."""
    agree(student, reference, "whiten", whitenings(draw), "whitened data", scale="array")


@check(item="whiten", ru="Новые данные: среднее и собственные значения — из аргументов")
def new_data_are_whitened_by_the_training_statistics(
    student: Code, reference: Code, draw: Draw
) -> None:
    """New data are whitened by the training data's mean and eigenvalues, not by their own."""
    variances = np.asarray([30.0, 8.0, 2.0, 0.5])
    x, components = data_of(draw, 9, variances)
    new = x.mean(axis=0) + draw.normal(5, 4, scale=3.0, shift=1.0)
    arguments = (x.mean(axis=0), components[:3].copy(), variances[:3].copy())
    cases: list[Arguments] = [(new, *arguments), (new[:1].copy(), *arguments), (x, *arguments)]
    agree(student, reference, "whiten", cases, "whitened data", scale="array")


@check(item="whiten", ru="Аргументы не изменены, float32 остаётся float32")
def whiten_is_polite(student: Code, reference: Code, draw: Draw) -> None:
    """The arguments stay as they were, and float32 stays float32."""
    arguments = {
        "x": draw.normal(6, 4),
        "mean": draw.normal(4, shift=1.0),
        "components": orthonormal(draw, 2, 4),
        "eigenvalues": np.asarray([4.0, 0.5]) * draw.uniform(2, low=0.8, high=1.2),
    }
    polite(student, reference, "whiten", arguments, "whitened data")


@check(
    item="whiten", carries="pca_transform",
    ru="Это ваши координаты, делённые на корень из (собственное значение + eps)",
)  # fmt: skip
def whitened_data_are_your_coordinates_divided(student: Code, reference: Code, draw: Draw) -> None:
    """It is your own pca_transform, divided by the root of eigenvalue + eps."""
    near = False
    # Many examples, so that their own mean is near 0 as well.
    for n, d, k, eps in ((60, 5, 2, 1e-3), (5, 3, 3, 0.1)):
        # A small mean, so that who forgets it is still near.
        x, mean, components = draw.normal(n, d), draw.normal(d, scale=0.1), orthonormal(draw, k, d)
        eigenvalues = 10.0 ** draw.uniform(k, low=-2.0, high=1.0)
        own = student.pca_transform(x, mean, components)
        given = student.whiten(x, mean, components, eigenvalues, eps)
        right = reference.pca_transform(x, mean, components)
        if not expect.like((own, given), (right, right), what="answers"):
            return
        near = near or are_near(own, right)
        expect.close(given, own / np.sqrt(eigenvalues + eps), what="whitened data", scale="array")
    # Where k = D, who takes columns for rows is far.
    expect.equal(near, True, what="whether your z is near the right one")
