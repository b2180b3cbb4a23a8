from __future__ import annotations

import sys

import pytest

from grader.checking import half, source
from grader.errors import CourseError
from tests.vectors import copied


@pytest.fixture
def course(tmp_path):
    """A copy of the course to break; its assignment's folder."""
    return copied(tmp_path)


@pytest.fixture
def secret(course):
    """Its secret half."""
    return course.parents[1] / "reference" / "vectors"


def checks(course, text):
    (course / "checks.py").write_text(f"from grader import check, expect\n{text}", encoding="utf-8")
    return half.read(course).checks


MEAN = '@check(item="running_mean")\ndef means(student, reference, draw):\n    "The means."\n'


def test_a_dataclass_in_checks_is_possible(course):
    text = (
        "from __future__ import annotations\nfrom dataclasses import dataclass\n"
        "@dataclass\nclass Case:\n    shape: tuple[int, ...]\n"
    )
    (course / "checks.py").write_text(f"{text}from grader import check\n{MEAN}")

    assert [one.name for one in half.read(course).checks] == ["means"]


def test_a_check_by_two_names_is_one_check(course):
    found = checks(course, f"{MEAN}other = means\n")

    assert [one.id for one in found] == ["running_mean/means"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\nimport no_such_module\n", r"vectors/checks\.py:3: ModuleNotFoundError"),
        ("def f(:\n", r"vectors/checks\.py: line 2: "),
        (MEAN.replace('"The means."', "pass"), r"checks\.py:\d+: the check means has no docstring"),
    ],
)
def test_what_is_wrong_with_checks_is_said_by_file_and_line(course, text, said):
    with pytest.raises(CourseError, match=said):
        checks(course, text)


def test_two_checks_of_one_name_are_refused(course):
    other = MEAN.replace("running_mean", "center.forward")

    with pytest.raises(CourseError, match=r"checks\.py:6: means is defined on line 3 already"):
        checks(course, f"{MEAN}{other}")


def test_no_file_holds_no_checks(tmp_path):
    assert half.read(tmp_path).checks == ()


FRONT_DOOR = "from grader import check, expect\n"
INPUTS = "from .checks_inputs import column\n"


def beside(course, **texts):
    """The files of checks in place of what the course has."""
    for name, text in texts.items():
        (course / f"{name}.py").write_text(text, encoding="utf-8")


def test_checks_may_stand_in_several_files_in_the_order_of_their_names(course):
    other = MEAN.replace("means", "more")
    third = MEAN.replace("means", "last")
    beside(
        course,
        checks=FRONT_DOOR + third,
        checks_b=FRONT_DOOR + other,
        checks_a=FRONT_DOOR + MEAN,
        checksum="1 / 0",
        vectors="1 / 0",
    )

    assert [one.name for one in half.read(course).checks] == ["last", "means", "more"]


def test_files_of_checks_import_each_other_and_are_read_once(course):
    twice = f"{FRONT_DOOR}{INPUTS}{MEAN}"
    beside(course, checks=twice, checks_inputs="column = []\n")
    beside(course, checks_later=f"from .checks import means\n{INPUTS}column.append(means)\n")

    found = half.read(course).checks

    assert [one.id for one in found] == ["running_mean/means"]
    assert sys.modules["course_assignments_vectors.checks_inputs"].column == list(found)


def test_a_check_that_another_file_makes_belongs_to_the_half(course):
    made = "def make():\n" + "".join(f"    {line}\n" for line in MEAN.splitlines())
    beside(course, checks="from .checks_made import make\nmeans = make()\n")
    beside(course, checks_made=f"{FRONT_DOOR}{made}    return means\n")

    found = half.read(course).checks

    assert [(one.name, one.origin[0].name) for one in found] == [("means", "checks_made.py")]


def test_nothing_is_kept_of_a_course_that_was_read_before(course, tmp_path):
    beside(course, checks=FRONT_DOOR + INPUTS + MEAN, checks_inputs="column = 1\n")
    half.read(course)
    later = copied(tmp_path / "later")
    beside(later, checks=FRONT_DOOR + INPUTS + MEAN)

    with pytest.raises(CourseError, match=r"vectors/checks\.py:2: ModuleNotFoundError"):
        half.read(later)


def test_hidden_checks_import_visible_ones_where_they_have_no_such_file(course, secret):
    beside(course, checks_inputs="from .checks_more import one\ncolumn = one\n")
    beside(course, checks=f"{FRONT_DOOR}{MEAN}", checks_more="one = 1\n")
    hidden = MEAN.replace("means", "more")
    beside(secret, checks_more="one = 2\n")
    lines = f"{INPUTS}from .checks_more import one\nassert (column, one) == (1, 2)\n"
    beside(secret, checks=f"{FRONT_DOOR}{lines}{hidden}")

    assert [one.name for one in half.read(secret, half.read(course)).checks] == ["more"]


def test_a_check_that_a_visible_file_makes_for_hidden_ones_is_hidden(course, secret):
    made = "def make(name):\n" + "".join(f"    {line}\n" for line in MEAN.splitlines())
    made += "    return check(item='running_mean')(renamed(means.function, name))\n"
    renamed = "def renamed(one, name):\n    one.__name__ = name\n    return one\n"
    beside(course, checks="from .checks_made import make\nseen = make('seen')\n")
    beside(course, checks_made=f"{FRONT_DOOR}{renamed}{made}")
    beside(secret, checks="from .checks_made import make\nunseen = make('unseen')\n")
    visible = half.read(course)

    assert [one.name for one in visible.checks] == ["seen"]
    assert [one.name for one in half.read(secret, visible).checks] == ["unseen"]


def test_a_visible_check_that_hidden_ones_import_stays_visible(course, secret):
    beside(course, checks="", checks_means=FRONT_DOOR + MEAN)
    beside(secret, checks="from .checks_means import means\n")

    assert half.read(secret, half.read(course)).checks == ()


def test_visible_checks_do_not_import_hidden_ones(course, secret):
    beside(course, checks=FRONT_DOOR + INPUTS + MEAN)
    beside(secret, checks_inputs="column = 1\n")

    with pytest.raises(CourseError, match="ModuleNotFoundError"):
        source.read(course)


@pytest.mark.parametrize(
    "line",
    [
        "from .vectors import center_forward",
        "from . import vectors",
        "from ..other.checks import means",
        "from .checks_a.b import means",
        "def later():\n    from .checks_inputs import column",
    ],
)
def test_nothing_but_checks_is_imported_from_beside_them(course, line):
    beside(course, checks=f"{FRONT_DOOR}\n{line}\n", vectors="1 / 0")

    with pytest.raises(CourseError, match=r"vectors/checks\.py:[34]: of what lies beside them"):
        half.read(course)


def test_two_files_with_a_check_of_one_name_are_refused(course):
    beside(course, checks=FRONT_DOOR + MEAN, checks_more=f"{FRONT_DOOR}\n{MEAN}")

    with pytest.raises(CourseError, match=r"vectors/checks_more\.py:3: running_mean/means is def"):
        half.read(course)


def test_what_fails_in_an_imported_file_is_said_of_that_file(course):
    beside(course, checks=FRONT_DOOR + INPUTS + MEAN, checks_inputs="\ncolumn = 1 / 0\n")

    with pytest.raises(CourseError, match=r"vectors/checks_inputs\.py:2: ZeroDivisionError"):
        half.read(course)


@pytest.mark.parametrize(
    ("text", "said"),
    [("return 1\n", "'return' outside function"), ("x = '\0'\n", "null"), ("(" * 400, "")],
    ids=["stray return", "null", "too deep"],
)
def test_a_file_that_is_no_python_is_named(course, text, said):
    beside(course, checks=FRONT_DOOR + "from .checks_odd import x\n", checks_odd=text)

    with pytest.raises(CourseError, match=rf"vectors/checks_odd\.py: .*{said}"):
        half.read(course)


def test_files_that_import_each_other_are_refused(course):
    beside(course, checks="from .checks_a import x\n", checks_a="from .checks_b import x\n")
    beside(course, checks_b="from .checks_a import x\n")

    with pytest.raises(CourseError, match=r"checks_a\.py: checks_a imports checks_b imports check"):
        half.read(course)


@pytest.mark.parametrize(
    "line",
    [
        "import course_assignments_vectors.vectors",
        "from importlib import import_module as i; i('.vectors', __package__)",
    ],
)
def test_a_solution_cannot_be_imported_in_other_words(course, line):
    beside(course, checks=FRONT_DOOR + line + "\n", vectors="1 / 0")

    with pytest.raises(CourseError, match="ModuleNotFoundError"):
        half.read(course)


def test_a_folder_of_a_file_s_name_is_no_file_of_checks(course):
    beside(course, checks=FRONT_DOOR + INPUTS, checks_inputs="column = 1\n")
    (course / "checks_inputs").mkdir()
    beside(course / "checks_inputs", __init__="1 / 0")

    assert half.read(course).modules["checks"].column == 1
