"""Visible checks of the preprocessing: what `grader check` runs on your own machine.

Every item is also asked hidden questions when it is graded: other shapes, single images, constant
channels, float32, and whether your functions leave their arguments alone.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import Code, Draw, check, expect

from .checks_inputs import Arguments, data_of, images, orthonormal

Case = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]

VARIANCES = np.asarray([50.0, 20.0, 8.0, 3.0, 1.0])


def cosine(a: np.ndarray, b: np.ndarray) -> float:
    """The cosine of the angle between two arrays; 0 where one has no length."""
    lengths = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(np.sum(a * b)) / lengths if lengths > 0 else 0.0


# --- images ----------------------------------------------------------------------------------


@check(item="fit_mean_image", ru="Среднее изображение совпадает с эталоном")
def mean_image_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The mean image equals the reference's."""
    train = images(draw, 4, 3, 5, 6)
    mean, wanted = (code.fit_mean_image(train) for code in (student, reference))
    expect.close(mean, wanted, what="mean")


@check(item="fit_channel_mean", ru="Поканальное среднее совпадает с эталоном")
def channel_mean_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The mean of each channel equals the reference's."""
    train = images(draw, 4, 3, 5, 6)
    mean, wanted = (code.fit_channel_mean(train) for code in (student, reference))
    expect.close(mean, wanted, what="mean")


@check(item="fit_channel_mean_std", ru="Среднее и СКО каналов совпадают с эталоном")
def channel_mean_and_std_equal_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """Mean and std of each channel equal the reference's; N is small, so 1/(N-1) shows."""
    train = images(draw, 2, 3, 4, 2)
    given, wanted = (code.fit_channel_mean_std(train) for code in (student, reference))
    expect.close(given, wanted, what="(mean, std)")


@check(item="normalize", ru="Изображения, нормированные по каналам, совпадают с эталоном")
def normalized_by_channel_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """Test images, normalized with statistics of other images, equal the reference's."""
    test = images(draw, 4, 3, 5, 6)
    mean, std = draw.uniform(3, low=40.0, high=160.0), draw.uniform(3, low=5.0, high=60.0)
    out, wanted = (code.normalize(test, mean, std) for code in (student, reference))
    expect.close(out, wanted, what="out", scale="array")


@check(item="normalize", ru="Без std вычитается только среднее изображение")
def the_mean_image_alone_is_subtracted(student: Code, reference: Code, draw: Draw) -> None:
    """Without std, the mean image alone is subtracted."""
    test, mean = images(draw, 4, 3, 5, 6), draw.uniform(3, 5, 6, low=40.0, high=160.0)
    out, wanted = (code.normalize(test, mean) for code in (student, reference))
    expect.close(out, wanted, what="out", scale="array")


@check(item="normalize.constant", ru="Канал с СКО 0 делится на 1")
def a_channel_of_std_0_is_divided_by_1(student: Code, reference: Code, draw: Draw) -> None:
    """A channel whose std is 0 is divided by 1: the mean is still subtracted from it."""
    test = images(draw, 4, 3, 5, 6)
    mean, std = draw.uniform(3, low=40.0, high=160.0), draw.uniform(3, low=5.0, high=60.0)
    std[1] = 0.0
    out, wanted = (code.normalize(test, mean, std) for code in (student, reference))
    if expect.like(out, wanted, what="out"):
        expect.close(out[:, 1], wanted[:, 1], what="out[:, 1]", scale="array")


# --- a classifier on normalized images -------------------------------------------------------


CLASSES, STEPS, RATE = 3, 40, 0.5
MARGIN, CEILING, WORST = 0.1, 0.1, -10.0
# Measured on 60 data sets, 20 blocks. Nothing is random but the data, so right solutions are alike:
# 17 of them, one with float32 inside. Each mistake below was made alone, the rest being right.
FALSE_FAIL = "none in 1020 runs of right solutions, the largest difference 4e-07"
POWER = (
    "100 % for raw images, a mean not subtracted or added, no scale, the variance as scale, "
    "reversed channels, own statistics; 95 % for one std for all channels; 0 % for 1/(N-1)"
)


def labelled_images(draw: Draw) -> Case:
    """Training images and labels, and test ones: three classes, each a pattern under noise.

    Channels differ in level and in spread, up to fifteenfold; half of what tells the classes apart
    is how bright an image is, which is lost where each image is normalized by itself.
    """
    level = draw.uniform(3, low=30.0, high=120.0)[:, None, None]
    spread = np.asarray([2.0, 10.0, 30.0])[draw.permutation(3)][:, None, None]
    patterns = draw.normal(CLASSES, 3, 3, 3, scale=0.5) + draw.normal(CLASSES, 3, 1, 1, scale=0.5)
    splits: list[np.ndarray] = []
    for n in (90, 60):
        labels = draw.labels(n, CLASSES)
        noise = draw.normal(n, 3, 3, 3)
        splits += [level + spread * (patterns[labels] + noise), labels]
    return splits[0], splits[1], splits[2], splits[3]


def score(code: Code, case: Case, mean: Any, std: Any) -> float:
    """Minus the test loss of a linear classifier trained on what `normalize` gives, at least -10.

    The test images are handed over one by one. The training is the judge's: plain gradient descent
    on softmax cross-entropy from zero, the same number of steps at the same rate for everybody.
    """
    train, train_labels, test, test_labels = case
    given = code.normalize.many([(train, mean, std), *((one[None], mean, std) for one in test)])
    if not expect.like(given, [train, *(one[None] for one in test)], what="normalized images"):
        return WORST
    return score_of(given[0], train_labels, np.concatenate(given[1:]), test_labels)


def score_of(
    train: np.ndarray, train_labels: np.ndarray, test: np.ndarray, test_labels: np.ndarray
) -> float:
    """Minus the loss on the test images, between -10 and 0."""
    n, targets = len(train), np.eye(CLASSES)[train_labels]
    x, seen = train.reshape(n, -1), test.reshape(len(test), -1)
    w, b = np.zeros((x.shape[1], CLASSES)), np.zeros(CLASSES)
    with np.errstate(all="ignore"):  # on raw pixels the weights may grow without bound
        for _ in range(STEPS):
            d = (np.exp(log_softmax(x @ w + b)) - targets) / n
            w, b = w - RATE * x.T @ d, b - RATE * d.sum(axis=0)
        loss = -log_softmax(seen @ w + b)[np.arange(len(seen)), test_labels].mean()
    # NaN is not above the worst either.
    return float(-loss) if -loss > WORST else WORST


def log_softmax(scores: np.ndarray) -> np.ndarray:
    """The logarithms of the probabilities of each row."""
    scores = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(scores - np.log(np.exp(scores).sum(axis=1, keepdims=True)))


@check(
    item="normalization.converges", ru="На ваших нормированных изображениях классификатор учится"
)
def a_classifier_learns_from_your_images(student: Code, reference: Code, draw: Draw) -> None:
    """A linear classifier learns from your normalized images as it does from the reference's."""

    def pipeline(code: Code, case: Case) -> float:
        mean, std = code.fit_channel_mean_std(case[0])
        return score(code, case, mean, std)

    expect.converges(
        lambda case: pipeline(student, case), lambda case: pipeline(reference, case),
        [labelled_images(draw) for _ in range(6)], what="minus the test loss",
        margin=MARGIN, false_fail=FALSE_FAIL, power=POWER, ceiling=CEILING,
    )  # fmt: skip


@check(
    item="normalization.converges", carries="fit_channel_mean_std",
    ru="С верной статистикой ваш normalize позволяет учиться",
)  # fmt: skip
def a_classifier_learns_with_the_right_statistics(
    student: Code, reference: Code, draw: Draw
) -> None:
    """With the right statistics, a classifier learns from what your normalize gives."""

    cases = [labelled_images(draw) for _ in range(6)]
    statistics = reference.fit_channel_mean_std.many([(case[0],) for case in cases])
    expect.converges(
        lambda given: score(student, given[0], *given[1]),
        lambda given: score(reference, given[0], *given[1]),
        list(zip(cases, statistics, strict=True)), what="minus the test loss",
        margin=MARGIN, false_fail=FALSE_FAIL, power=POWER, ceiling=CEILING,
    )  # fmt: skip


# --- PCA -------------------------------------------------------------------------------------


@check(item="fit_pca", ru="Среднее и компоненты, с точностью до знака, совпадают с эталоном")
def mean_and_components_equal_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """Mean and components, up to their signs, equal the reference's."""
    x, _ = data_of(draw, 12, VARIANCES)
    given, wanted = (code.fit_pca.many([(x,), (x, 2)]) for code in (student, reference))
    if not expect.like(given, wanted, what="(mean, components, eigenvalues) for k = None, 2"):
        return
    for answer, right in zip(given, wanted, strict=True):
        expect.close(answer[0], right[0], what="mean")
        # A sum of rank * outer(component, component) says which direction stands where, and does
        # not know its sign.
        mine, theirs = (
            np.einsum("i,ij,ik->jk", np.arange(len(rows), 0.0, -1.0), rows, rows)
            for rows in (answer[1], right[1])
        )
        expect.close(mine, theirs, what="components, ranked and without signs,", scale="array")


@check(item="fit_pca.eigenvalues", ru="Собственные значения совпадают с эталоном")
def eigenvalues_equal_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The eigenvalues equal the reference's."""
    x, _ = data_of(draw, 12, VARIANCES)
    given, wanted = (code.fit_pca.many([(x,), (x, 2)]) for code in (student, reference))
    for (_, _, mine), (_, _, theirs) in zip(given, wanted, strict=True):
        expect.close(mine, theirs, what="eigenvalues", scale="array", tolerance=1e-9)


@check(item="pca_transform", ru="Координаты совпадают с эталоном")
def coordinates_equal_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The coordinates equal the reference's."""
    x, mean, components = draw.normal(6, 5, shift=2.0), draw.normal(5), orthonormal(draw, 2, 5)
    z, wanted = (code.pca_transform(x, mean, components) for code in (student, reference))
    expect.close(z, wanted, what="z", scale="array")


@check(item="pca_inverse", ru="Обратное преобразование совпадает с эталоном")
def data_from_coordinates_equal_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """What comes back from coordinates equals the reference's."""
    z, mean, components = draw.normal(6, 2), draw.normal(5), orthonormal(draw, 2, 5)
    x, wanted = (code.pca_inverse(z, mean, components) for code in (student, reference))
    expect.close(x, wanted, what="x", scale="array")


@check(item="whiten", ru="Ковариация отбелённых обучающих данных — единичная матрица")
def whitened_training_data_have_the_identity_as_covariance(
    student: Code, reference: Code, draw: Draw
) -> None:
    """The covariance of the whitened training data is the identity."""
    x, components = data_of(draw, 12, VARIANCES)
    arguments = (x, x.mean(axis=0), components, VARIANCES)
    given, wanted = (code.whiten(*arguments) for code in (student, reference))
    if not expect.like(given, wanted, what="whitened data"):
        return
    mine, theirs = (z.T @ z / len(z) for z in (given, wanted))
    expect.close(mine, theirs, what="covariance of the whitened data", scale="array")


# --- why it helps ----------------------------------------------------------------------------


@check(item="loss_sensitivity", ru="Изменение потерь совпадает с эталоном")
def sensitivity_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The change of the loss equals the reference's."""
    x, w, delta = draw.normal(7, 4), draw.normal(4), draw.normal(4, scale=0.5)
    y = np.where(draw.permutation(7) < 3, -1.0, 1.0)
    change, wanted = (code.loss_sensitivity(x, y, w, delta) for code in (student, reference))
    expect.close(change, wanted, what="loss_sensitivity", tolerance=1e-3)


def far_out(draw: Draw, sizes: list[float]) -> Arguments:
    """Margins of these sizes on either side, for both labels, each of which delta makes larger."""
    # Two directions: along w for the margin, across it for how much delta moves it.
    w, delta = draw.until(
        lambda: (draw.upstream(3), draw.upstream(3)),
        lambda pair: abs(cosine(*pair)) < 0.8,
    )
    across = delta - w * (delta @ w) / (w @ w)
    n = 4 * len(sizes)
    y = np.tile([1.0, 1.0, -1.0, -1.0], len(sizes))
    margins = np.repeat(sizes, 4) * np.tile([1.0, -1.0], n // 2)
    order = draw.permutation(n)
    y, margins = y[order], margins[order] * draw.uniform(n, low=0.98, high=1.02)
    moved = draw.uniform(n, low=0.05, high=0.2) * margins
    along = (y * margins / (w @ w))[:, None] * w
    shift = y * moved - along @ delta
    x = along + (shift / (across @ across))[:, None] * across
    return x, y, w, delta


def with_means_on_each_side(x: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Each example replaced by the mean of those of its label on its side of the boundary."""
    kind = np.stack([y, np.sign(x @ w)])
    alike = np.all(kind[:, :, None] == kind[:, None, :], axis=0)
    return np.asarray(alike @ x / alike.sum(axis=1, keepdims=True))


@check(item="loss_sensitivity.stable", ru="При отступах ±40 и ±800 результат конечен и верен")
def sensitivity_is_finite_far_out(student: Code, reference: Code, draw: Draw) -> None:
    """The change is finite and right for margins of 40 and 800 on either side."""
    cases = [far_out(draw, [800.0, 40.0, 1.0]), far_out(draw, [800.0])]
    given, wanted = (code.loss_sensitivity.many(cases) for code in (student, reference))
    expect.close(given, wanted, what="loss_sensitivity", tolerance=1e-3)


@check(
    item="loss_sensitivity.stable", carries="loss_sensitivity",
    ru="Вдали от границы ваш результат конечен и видит лишь средние отступы",
)  # fmt: skip
def your_sensitivity_is_finite_and_follows_the_mean_far_out(
    student: Code, reference: Code, draw: Draw
) -> None:
    """Far out, where the loss is a straight line, your own value is finite and sees means alone."""
    x, y, w, delta = far_out(draw, [800.0, 200.0])
    x = x + draw.normal(8, 1, scale=200.0) * np.cross(w, delta)  # which no score sees
    near = draw.normal(16, 3), np.tile([1.0, -1.0], 8)
    given = student.loss_sensitivity.many(
        [
            (x, y, w, delta), (with_means_on_each_side(x, y, w), y, w, delta),
            (*near, w, delta), (with_means_on_each_side(*near, w), near[1], w, delta),
            (*near, w, 2.0 * delta), (*near, 2.0 * w, delta),
        ]
    )  # fmt: skip
    if expect.like(given, [0.0] * 6, what="loss_sensitivity"):
        far, far_means, here, *others = given
        expect.close(far, far_means, what="loss_sensitivity", tolerance=1e-3)
        # What is 0 far out, straight at the boundary too or blind to delta, is no loss's change.
        idle = far == 0.0 or np.isclose(here, others).any()
        expect.equal(bool(idle), False, what="whether loss_sensitivity misses x, w or delta")


@check(item="weight_gradient_signs", ru="Доля совпадает с эталоном")
def share_of_one_sign_equals_the_reference(student: Code, reference: Code, draw: Draw) -> None:
    """The share of examples whose gradient has one sign equals the reference's."""
    x, upstream = draw.upstream(20, 2), draw.upstream(20)
    share, wanted = (code.weight_gradient_signs(x, upstream) for code in (student, reference))
    expect.close(share, wanted, what="weight_gradient_signs")
