"""Hidden checks of the preprocessing.

Signs of components, and their rotation inside equal eigenvalues, are the student's: components are
compared through sums of their outer products, in which equal eigenvalues have one weight.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import Code, Draw, check, expect

Arguments = tuple[Any, ...]


def images(draw: Draw, n: int, c: int, h: int, w: int) -> np.ndarray:
    """Whole grey levels from 0 to 255; each channel has a level and a spread of its own."""
    level, spread = draw.uniform(c, low=5.0, high=110.0), draw.uniform(c, low=20.0, high=140.0)
    return np.floor(level[:, None, None] + spread[:, None, None] * draw.uniform(n, c, h, w))


def orthonormal(draw: Draw, k: int, d: int) -> np.ndarray:
    """(k, D), random directions at right angles to one another."""
    rows: np.ndarray = np.linalg.qr(draw.normal(d, k))[0].T
    return np.ascontiguousarray(rows)


def data_of(draw: Draw, n: int, variances: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(N, D) whose covariance has these eigenvalues, and the (D, D) components that belong."""
    d = len(variances)
    raw = draw.normal(n, d)
    scores = np.linalg.qr(raw - raw.mean(axis=0))[0] * np.sqrt(n)
    components = orthonormal(draw, d, d)
    level = draw.uniform(d, low=5.0, high=15.0)
    return scores * np.sqrt(variances) @ components + level, components


def agree(
    student: Code,
    reference: Code,
    function: str,
    cases: list[Arguments],
    what: str,
    scale: Any = "element",
) -> None:
    """The function's value is the reference's for each tuple of arguments."""
    given, wanted = (getattr(code, function).many(cases) for code in (student, reference))
    for mine, theirs in zip(given, wanted, strict=True):
        expect.close(mine, theirs, what=what, scale=scale)


def polite(
    student: Code, reference: Code, function: str, arguments: dict[str, Any], what: str
) -> None:
    """The function changes no argument, and its result for float32 is right and float32."""
    held = {name: student.keep(value) for name, value in arguments.items()}
    getattr(student, function)(*held.values())
    for name, value in held.items():
        expect.unchanged(value, what=f"{name} after the call")
    single = [
        value.astype(np.float32) if isinstance(value, np.ndarray) else value
        for value in arguments.values()
    ]
    given, wanted = (getattr(code, function)(*single) for code in (student, reference))
    expect.close(given, wanted, what=f"{what} for float32", tolerance=5e-3, scale="array")


def are_near(given: np.ndarray, wanted: np.ndarray) -> bool:
    """Whether a wrong result is near enough to the right one to be built on."""
    lengths = float(np.linalg.norm(given) * np.linalg.norm(wanted))
    # With a length of 0, an infinity or NaN this is no.
    return lengths > 0 and bool(np.sum(given * wanted) >= 0.9 * lengths)


# --- statistics of images --------------------------------------------------------------------

# No two sizes of an image are alike, so that a wrong axis shows; then all are, so that a wrong axis
# cannot show by its shape.
SHAPES = ((3, 2, 7, 5), (1, 4, 2, 3), (3, 3, 3, 3))


@check(item="fit_mean_image", ru="Среднее изображение верно для других форм")
def mean_image_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """The mean image is right for other shapes, and for a single image."""
    cases = [(images(draw, *shape),) for shape in SHAPES]
    agree(student, reference, "fit_mean_image", cases, "mean")


@check(item="fit_mean_image", ru="Аргумент не изменён, float32 остаётся float32")
def fit_mean_image_is_polite(student: Code, reference: Code, draw: Draw) -> None:
    """The argument stays as it was, and float32 stays float32."""
    polite(student, reference, "fit_mean_image", {"train": images(draw, 3, 2, 4, 5)}, "mean")


@check(item="fit_channel_mean", ru="Поканальное среднее верно для других форм")
def channel_mean_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """The mean of each channel is right for other shapes, and for a single image."""
    cases = [(images(draw, *shape),) for shape in SHAPES]
    agree(student, reference, "fit_channel_mean", cases, "mean")


@check(item="fit_channel_mean", ru="Аргумент не изменён, float32 остаётся float32")
def fit_channel_mean_is_polite(student: Code, reference: Code, draw: Draw) -> None:
    """The argument stays as it was, and float32 stays float32."""
    polite(student, reference, "fit_channel_mean", {"train": images(draw, 3, 2, 4, 5)}, "mean")


@check(item="fit_channel_mean_std", ru="Среднее и СКО верны для других форм")
def channel_mean_and_std_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """Mean and std are right for other shapes, and for a single image."""
    cases = [(images(draw, *shape),) for shape in SHAPES]
    agree(student, reference, "fit_channel_mean_std", cases, "(mean, std)")


@check(item="fit_channel_mean_std", ru="СКО постоянного канала — 0")
def a_constant_channel_has_std_0(student: Code, reference: Code, draw: Draw) -> None:
    """A channel that is constant has a std of 0; the guard is normalize's business."""
    cases = []
    for shape in ((3, 4, 2, 5), (2, 3, 3, 2)):
        train = images(draw, *shape)
        # Whole numbers, whose sums are exact: one pass over the data gives an exact 0 as well.
        train[:, draw.integers(0, shape[1])] = draw.integers(1, 256)
        cases.append((train,))
    agree(student, reference, "fit_channel_mean_std", cases, "(mean, std)")


@check(item="fit_channel_mean_std", ru="Аргумент не изменён, float32 остаётся float32")
def fit_channel_mean_std_is_polite(student: Code, reference: Code, draw: Draw) -> None:
    """The argument stays as it was, and float32 stays float32."""
    train = images(draw, 3, 2, 4, 5)
    polite(student, reference, "fit_channel_mean_std", {"train": train}, "(mean, std)")


@check(
    item="fit_channel_mean_std", carries="fit_channel_mean",
    ru="Среднее — из вашего fit_channel_mean, СКО верно или считается от него",
)  # fmt: skip
def mean_is_your_own_channel_mean(student: Code, reference: Code, draw: Draw) -> None:
    """The mean is your own fit_channel_mean, and the std is right, or right about that mean."""
    for shape in ((2, 3, 4, 2), (3, 2, 7, 5)):
        train = images(draw, *shape)
        mean, std = student.fit_channel_mean_std(train)
        own = student.fit_channel_mean(train)
        right_mean, right_std = reference.fit_channel_mean_std(train)
        if not expect.like((mean, std, own), (right_mean, right_std, right_mean), what="answers"):
            return
        # Far from all levels, the distance to a level is the same for all: no std would be needed.
        among = train.min() <= np.min(own) and np.max(own) <= train.max()
        expect.equal(bool(among), True, what="whether your mean lies among the images' levels")
        expect.close(mean, own, what="mean")
        about_own = np.sqrt(np.square(train - own[:, None, None]).mean(axis=(0, 2, 3)))
        built_on = np.abs(std - about_own).max() < np.abs(std - right_std).max()
        expect.close(std, about_own if built_on else right_std, what="std")


# --- normalize -------------------------------------------------------------------------------


def statistics(draw: Draw, c: int) -> tuple[np.ndarray, np.ndarray]:
    """A mean and a std for each channel, of data that nobody sees."""
    return draw.uniform(c, low=40.0, high=160.0), draw.uniform(c, low=0.5, high=60.0)


@check(item="normalize", ru="Верно для других форм, среднего изображения и одного изображения")
def normalized_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """The result is right for other shapes, for a mean image with std, and for one image."""
    cases: list[Arguments] = []
    for n, c, h, w in ((4, 3, 2, 5), (1, 2, 4, 3), (3, 3, 3, 3)):
        test, (mean, std) = images(draw, n, c, h, w), statistics(draw, c)
        picture = draw.uniform(c, h, w, low=40.0, high=160.0)
        cases += [(test, mean, std), (test, mean), (test, picture, std), (test, picture)]
    agree(student, reference, "normalize", cases, "out", scale="array")


@check(item="normalize", ru="Тестовые данные получают статистику обучающих")
def test_data_get_training_statistics(student: Code, reference: Code, draw: Draw) -> None:
    """Test images get the statistics of the training images, also when they come one by one."""
    train, test = images(draw, 5, 3, 4, 2), images(draw, 4, 3, 4, 2)
    mean, std = train.mean(axis=(0, 2, 3)), train.std(axis=(0, 2, 3))
    cases: list[Arguments] = [(split, mean, std) for split in (train, test)]
    cases += [(image[None], mean, std) for image in test]
    agree(student, reference, "normalize", cases, "out", scale="array")


@check(item="normalize", ru="Аргументы не изменены, float32 остаётся float32")
def normalize_is_polite(student: Code, reference: Code, draw: Draw) -> None:
    """The arguments stay as they were, and float32 stays float32."""
    mean, std = statistics(draw, 3)
    std[draw.integers(0, 3)] = 0.0
    held = [student.keep(value) for value in (images(draw, 2, 3, 4, 5), mean, std)]
    student.normalize(*held)
    for name, value in zip(("x", "mean", "std"), held, strict=True):
        expect.unchanged(value, what=f"{name} after the call")
    mean, std = statistics(draw, 3)
    single = [value.astype(np.float32) for value in (images(draw, 2, 3, 4, 5), mean, std)]
    out, wanted = (code.normalize(*single) for code in (student, reference))
    expect.close(out, wanted, what="out for float32", tolerance=5e-3, scale="array")


@check(item="normalize.constant", ru="Каналы с СКО 0, и со средним изображением")
def channels_of_std_0_for_other_shapes(student: Code, reference: Code, draw: Draw) -> None:
    """Channels whose std is 0 are divided by 1 for other shapes, and beside a mean image."""
    for n, c, h, w in ((3, 4, 2, 5), (1, 2, 4, 3), (3, 3, 3, 3)):
        test, (mean, std) = images(draw, n, c, h, w), statistics(draw, c)
        constant = draw.permutation(c) < c // 2
        std[constant] = 0.0
        picture = draw.uniform(c, h, w, low=40.0, high=160.0)
        cases = [(test, mean, std), (test, picture, std)]
        given, wanted = (code.normalize.many(cases) for code in (student, reference))
        for mine, theirs in zip(given, wanted, strict=True):
            if not expect.like(mine, theirs, what="out"):
                continue
            expect.close(
                mine[:, constant], theirs[:, constant], what="out in the constant channels",
                scale="array",
            )  # fmt: skip


@check(
    item="normalize.constant", carries="normalize",
    ru="Для вашего normalize СКО 0, заданное или самих изображений, — то же, что СКО 1",
)  # fmt: skip
def std_0_is_std_1_for_your_own_normalize(student: Code, reference: Code, draw: Draw) -> None:
    """To your own normalize, a std of 0 is the same as a std of 1, given or of the images."""
    test, (mean, std) = images(draw, 3, 4, 2, 5), statistics(draw, 4)
    constant = draw.permutation(4) < 2
    zero, one = np.where(constant, 0.0, std), np.where(constant, 1.0, std)
    train = np.where(constant[:, None, None], 9.0, images(draw, 3, 4, 2, 5))
    fitted = train, train.mean(axis=(0, 2, 3)), train.std(axis=(0, 2, 3))
    right = reference.normalize(*fitted)
    out, wanted, other, own = student.normalize.many(
        [(test, mean, zero), (test, mean, one), (test, mean, 2.0 * one), fitted]
    )
    if expect.like((out, wanted, other), (test, test, test), what="out"):
        if not np.allclose(other, wanted):
            expect.close(out, wanted, what="out", scale="array")
        else:
            # Who reads no std has met the question where the images' own std is 0, or not at all.
            expect.close(own, right, what="out for the training images", scale="array")


# --- the classifier --------------------------------------------------------------------------


@check(
    item="normalization.converges", carries="normalize",
    ru="Изображения, верно нормированные вашей статистикой, — почти там, где должны быть",
)  # fmt: skip
def images_normalized_with_your_statistics_are_near(
    student: Code, reference: Code, draw: Draw
) -> None:
    """Images that are normalized right, with your statistics, lie about where they should."""
    splits = images(draw, 9, 3, 4, 5), images(draw, 6, 3, 4, 5)
    given, wanted = (code.fit_channel_mean_std(splits[0]) for code in (student, reference))
    if not expect.like(given, wanted, what="(mean, std)"):
        return
    for split in splits:
        with np.errstate(all="ignore"):  # a std may be anything
            mine, theirs = (
                (split - mean[:, None, None]) / std[:, None, None]
                for mean, std in (map(np.asarray, given), wanted)
            )
            off = np.linalg.norm(mine - theirs) / np.linalg.norm(theirs)
        # At half of its length a classifier still learns; NaN is not below it.
        expect.equal(bool(off < 0.5), True, what="whether the normalized images are near")


# --- PCA -------------------------------------------------------------------------------------


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


# --- why it helps ----------------------------------------------------------------------------


def logistic_loss(x: np.ndarray, y: np.ndarray, w: np.ndarray) -> float:
    """The loss, for what a check wants of its own draws."""
    return float(np.logaddexp(0.0, -y * (x @ w)).mean())


def classified(draw: Draw, n: int, d: int, rises: bool, shift: float = 0.0) -> Arguments:
    """x, y, w, delta with which the loss rises, or falls, by a tenth of it at least."""

    def make() -> Arguments:
        x = draw.normal(n, d, shift=shift)
        y = np.where(draw.uniform(n) < 0.5, -1.0, 1.0)
        return x, y, draw.normal(d), draw.normal(d, scale=0.5)

    def moves(arguments: Arguments) -> bool:
        x, y, w, delta = arguments
        before, after = logistic_loss(x, y, w), logistic_loss(x, y, w + delta)
        enough = (after - before if rises else before - after) >= 0.1 * max(before, after)
        return bool(enough) and min(before, after) > 0.1

    return draw.until(make, moves)


@check(item="loss_sensitivity", ru="Верно, растут потери или падают, для других форм")
def sensitivity_up_and_down(student: Code, reference: Code, draw: Draw) -> None:
    """The change is right for other shapes, whether the loss rises or falls."""
    cases = [
        classified(draw, n, d, rises)
        for n, d in ((9, 4), (3, 7), (5, 5), (1, 2))
        for rises in (True, False)
    ]
    given, wanted = (code.loss_sensitivity.many(cases) for code in (student, reference))
    # A difference of two losses: float32 inside loses a digit or two, which is allowed.
    expect.close(given, wanted, what="loss_sensitivity", tolerance=1e-3)


@check(item="loss_sensitivity", ru="После центрирования чувствительность меньше")
def sensitivity_before_and_after_centring(student: Code, reference: Code, draw: Draw) -> None:
    """Before and after the data are centred, the change is right: centring makes it smaller."""

    def make() -> list[Arguments]:
        x, y, w, delta = classified(draw, 12, 4, rises=True, shift=3.0)
        return [(x, y, w, delta), (x - x.mean(axis=0), y, w, delta)]

    def helps(cases: list[Arguments]) -> bool:
        raw, centred = (
            abs(logistic_loss(x, y, w + delta) - logistic_loss(x, y, w)) for x, y, w, delta in cases
        )
        return 0.05 < centred < 0.5 * raw

    cases = draw.until(make, helps)
    given, wanted = (code.loss_sensitivity.many(cases) for code in (student, reference))
    expect.close(given, wanted, what="loss_sensitivity (raw, centred)", tolerance=1e-3)


@check(item="loss_sensitivity", ru="Аргументы не изменены; float32 принимается")
def loss_sensitivity_is_polite(student: Code, reference: Code, draw: Draw) -> None:
    """The arguments stay as they were, and float32 is read too."""
    arguments = dict(
        zip(("x", "y", "w", "delta"), classified(draw, 6, 3, rises=False), strict=True)
    )
    polite(student, reference, "loss_sensitivity", arguments, "loss_sensitivity")


def mixed_signs(draw: Draw, n: int, d: int) -> Arguments:
    """About a third of the examples all positive, a third all negative, a third mixed."""
    x = np.abs(draw.upstream(n, d))
    kind = draw.permutation(n) % 3
    x[kind == 1] *= -1.0
    flipped = draw.integers(0, d, n)
    x[np.arange(n), flipped] *= np.where(kind == 2, -1.0, 1.0)
    return x, draw.upstream(n)


@check(item="weight_gradient_signs", ru="Доля верна, когда знаков поровну")
def share_for_mixed_signs(student: Code, reference: Code, draw: Draw) -> None:
    """The share is right for examples of one sign, of the other, and of both."""
    cases = [mixed_signs(draw, n, d) for n, d in ((13, 3), (8, 5), (4, 4), (9, 4))]
    x, upstream = cases[-1]
    # An example of one sign decides all signs of the sum: who looks at that one sees 1, not a 0
    # that many mistakes give.
    upstream[np.argmax((x > 0).all(axis=1))] *= 1000.0
    agree(student, reference, "weight_gradient_signs", cases, "weight_gradient_signs")


@check(item="weight_gradient_signs", ru="1 для положительных данных, мало после центрирования")
def share_before_and_after_centring(student: Code, reference: Code, draw: Draw) -> None:
    """The share is 1 for positive data and small once they are centred."""
    x, upstream = draw.uniform(30, 6, low=0.1, high=9.0), draw.upstream(30)
    upstream[0] *= 300  # it decides all signs of the sum, and none of a column's others
    cases: list[Arguments] = [(x, upstream), (x - x.mean(axis=0), upstream), (-x, upstream)]
    agree(student, reference, "weight_gradient_signs", cases, "weight_gradient_signs")


@check(item="weight_gradient_signs", ru="Аргументы не изменены; float32 принимается")
def weight_gradient_signs_is_polite(student: Code, reference: Code, draw: Draw) -> None:
    """The arguments stay as they were, and float32 is read too."""
    x, upstream = mixed_signs(draw, 10, 3)
    arguments = {"x": x, "upstream": upstream}
    polite(student, reference, "weight_gradient_signs", arguments, "weight_gradient_signs")
