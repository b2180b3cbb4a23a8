"""Hidden checks of the preprocessing.

Statistics of images, what is normalized with them, and a classifier on that.
"""

from __future__ import annotations

import numpy as np

from grader import Code, Draw, check, expect

from .checks_agreement import agree, polite
from .checks_inputs import Arguments, images

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
