from __future__ import annotations

import sys

import pytest

from grader.checking import source
from grader.errors import CourseError
from tests.vectors import FOLDER, copied


@pytest.fixture
def course(tmp_path):
    """A copy of the course to break; its assignment's folder."""
    return copied(tmp_path)


@pytest.fixture
def secret(course):
    """Its secret half."""
    return course.parents[1] / "reference" / "vectors"


def test_a_course_is_read_with_both_halves_of_its_checks():
    read = source.read(FOLDER)

    assert [check.name for check in read.checks] == [
        "out_equals_the_reference",
        "dx_is_the_slope",
        "means_equal_the_reference",
        "other_shapes_and_an_untouched_input",
        "dx_equals_the_reference",
        "columns_and_an_untouched_input",
    ]


def test_the_checks_of_an_item_are_the_visible_ones_first():
    names = [check.name for check in source.read(FOLDER).of("center.backward")]

    assert names == ["dx_is_the_slope", "dx_equals_the_reference"]


def test_without_its_secret_half_a_course_has_its_visible_checks(course, secret):
    secret.rename(secret.with_name("elsewhere"))
    read = source.read(course)

    assert (len(read.visible), read.hidden, read.reference, read.key) == (3, (), None, {})
    assert read.misconceptions == ()


def test_the_reference_and_the_key_are_read():
    read = source.read(FOLDER)

    assert "def center_forward" in read.reference.files["vectors.py"]
    assert set(read.key) == {"questions.constant_column"}


def test_misconceptions_are_read_by_name():
    names = [one.name for one in source.read(FOLDER).misconceptions]

    assert names == sorted(names)
    assert {"centers_rows", "mean_is_constant"} <= set(names)


def test_what_a_misconception_says_is_read():
    (one,) = (m for m in source.read(FOLDER).misconceptions if m.name == "centers_rows")

    assert one.loses == {"center.forward", "center.backward"}
    assert one.diagnosis["en"].startswith("You subtract the mean of each row")
    assert (set(one.hint), one.named) == ({"en", "ru"}, True)


def test_one_that_no_output_can_tell_says_so():
    (one,) = (m for m in source.read(FOLDER).misconceptions if not m.named)

    assert one.name == "writes_into_the_argument"


def test_a_misconception_runs_after_the_reference():
    read = source.read(FOLDER)
    seat = read.seat(read.misconceptions[0])

    assert seat.files == read.reference.files
    assert list(seat.overlays) == ["centers_rows.py"]


def test_alternatives_are_read_with_what_is_different():
    (one,) = source.read(FOLDER).alternatives

    assert (one.name, one.difference[:14]) == ("row_by_row", "Sums and loops")
    assert list(source.read(FOLDER).seat(one).overlays) == ["row_by_row.py"]


@pytest.mark.parametrize(
    ("text", "said"), [("def f(): pass\n", "say in a docstring"), ("def f(:\n", "line 1")]
)
def test_an_alternative_says_in_a_docstring_what_is_different(course, secret, text, said):
    (secret / "alternatives" / "row_by_row.py").write_text(text, encoding="utf-8")

    with pytest.raises(CourseError, match=rf"alternatives/row_by_row\.py: {said}"):
        source.read(course).alternatives  # noqa: B018 - reading is what raises


GOOD = (
    'LOSES = ["running_mean"]\nDIAGNOSIS = {"en": "a", "ru": "b"}\nHINT = {"en": "c", "ru": "d"}\n'
)


def believed(course, secret, text):
    (secret / "misconceptions" / "new_belief.py").write_text(text, encoding="utf-8")
    return source.read(course).misconceptions


def test_reading_a_misconception_runs_nothing_of_it(course, secret):
    believed(course, secret, f"{GOOD}raise SystemExit\nimport no_such_module\n")

    assert "no_such_module" not in sys.modules


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD.replace("LOSES", "LOSE"), "LOSES is missing"),
        (GOOD.replace("HINT", "TIP"), "HINT is missing"),
        (GOOD.replace('["running_mean"]', '["running"]'), 'LOSES names "running", which is no'),
        (GOOD.replace('["running_mean"]', '"running_mean"'), "LOSES is no list"),
        (GOOD.replace('["running_mean"]', "None"), "LOSES is no list"),
        (GOOD.replace('"ru": "b"', '"de": "b"'), 'DIAGNOSIS needs exactly the keys "en" and "ru"'),
        (GOOD.replace('{"en": "c", "ru": "d"}', '"c"'), "HINT needs exactly"),
        (GOOD.replace('{"en": "c", "ru": "d"}', "5"), "HINT needs exactly"),
        (GOOD.replace('"a"', '"a" + str(1)'), "malformed"),
        (GOOD.replace('{"en": "c", "ru": "d"}', "{[]: 1}"), "unhashable"),
        (GOOD + "def f(:\n", "line 4"),
    ],
)
def test_what_is_wrong_with_a_misconception_is_said_by_file(course, secret, text, said):
    with pytest.raises(CourseError, match=r"misconceptions/new_belief\.py: ") as caught:
        believed(course, secret, text)

    assert said in str(caught.value)


def test_a_hidden_check_needs_another_name_than_a_visible_one(course, secret):
    text = (course / "checks.py").read_text(encoding="utf-8")
    with (secret / "checks.py").open("a", encoding="utf-8") as file:
        file.write(text[text.index('@check(item="running_mean"') :])

    with pytest.raises(CourseError, match="running_mean/means_equal_the_reference is a visible"):
        source.read(course)


def test_every_file_of_checks_is_in_the_digest(course, secret):
    before = source.read(course).digest
    digests = [before]
    for half in (course, secret):
        (half / "checks_more.py").write_text("column = 1\n", encoding="utf-8")
        digests.append(source.read(course).digest)

    assert len(set(digests)) == 3


def test_a_check_of_no_item_is_refused(course):
    with (course / "checks.py").open("a", encoding="utf-8") as file:
        function = 'def means(student, reference, draw):\n    "The means."\n'
        file.write(f'\n\n@check(item="runing_mean")\n{function}')

    with pytest.raises(CourseError, match='means names the item "runing_mean"'):
        source.read(course)


def test_a_check_that_carries_no_item_is_refused(course):
    path = course / "checks.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('carries="center.forward"', 'carries="centre"'), encoding="utf-8")

    with pytest.raises(CourseError, match=r"checks\.py:16: .* carries centre, which is no item"):
        source.read(course)


def test_an_item_without_a_check_is_refused(course, secret):
    for half in (course, secret):
        text = (half / "checks.py").read_text(encoding="utf-8")
        (half / "checks.py").write_text(
            text.replace('item="running_mean"', 'item="center.forward"')
        )

    with pytest.raises(CourseError, match='no check names "running_mean"'):
        source.read(course)


@pytest.mark.parametrize(
    ("data", "said"), [(None, "vectors.py cannot be read"), (b"\xff", "vectors.py is not UTF-8")]
)
def test_a_reference_that_cannot_be_read_is_said_by_file(course, secret, data, said):
    (secret / "vectors.py").unlink()
    if data is not None:
        (secret / "vectors.py").write_bytes(data)

    with pytest.raises(CourseError, match=said):
        _ = source.read(course).reference


@pytest.mark.parametrize(
    "name",
    [
        "assignments/vectors/assignment.yaml",
        "assignments/vectors/checks.py",
        "reference/vectors/checks.py",
        "reference/vectors/vectors.py",
        "reference/vectors/answers.yaml",
        "reference/vectors/misconceptions/centers_rows.py",
    ],
)
def test_whatever_can_change_a_point_changes_the_digest(course, name):
    before = source.read(course).digest
    with (course.parents[1] / name).open("a", encoding="utf-8") as file:
        file.write("\n")

    assert source.read(course).digest != before


@pytest.mark.parametrize("name", ["README.md", "vectors.py", "answers.yaml"])
def test_what_changes_no_point_does_not(course, name):
    before = source.read(course).digest
    with (course / name).open("a", encoding="utf-8") as file:
        file.write("\n")

    assert source.read(course).digest == before


def test_the_digest_is_that_of_the_contents_not_of_the_place(course):
    assert source.read(course).digest == source.read(FOLDER).digest
