from __future__ import annotations

import shutil

import pytest

from grader.checking import source
from grader.errors import CourseError, UsageError
from grader.release import stubs
from tests.specimens import ROOT

SOLUTION = '''\
"""What students read."""

import math

# BEGIN SOLUTION
SECRET = 7
# END SOLUTION


def area(r):
    """The area of a circle."""
    # BEGIN SOLUTION
    return math.pi * r**2
    # END SOLUTION


# BEGIN SOLUTION
def helper(x):
    return x


# END SOLUTION


class Net:
    """A network."""

    size = 3

    def forward(self, x):
        """What comes out."""
        # BEGIN SOLUTION
        return helper(x)
        # END SOLUTION
'''
STUB = '''\
"""What students read."""

import math


def area(r):
    """The area of a circle."""
    raise NotImplementedError("write area here")


class Net:
    """A network."""

    size = 3

    def forward(self, x):
        """What comes out."""
        raise NotImplementedError("write forward here")
'''
COURSES = [
    *sorted((ROOT / "assignments").iterdir()),
    *sorted((ROOT / "tests" / "courses" / "assignments").iterdir()),
]


def test_a_stub_is_the_solution_without_what_is_marked():
    assert stubs.stub(SOLUTION, "work.py") == STUB


def test_the_marked_lines_are_those_that_the_stub_lacks():
    assert [line.strip() for line in stubs.marked_lines(SOLUTION, "work.py") if line.strip()] == [
        "SECRET = 7",
        "return math.pi * r**2",
        "def helper(x):",
        "return x",
        "return helper(x)",
    ]


def test_a_part_of_a_function_may_stay():
    marked = "    # BEGIN SOLUTION\n    y += 1\n    # END SOLUTION\n"
    text = f"def f(x):\n    y = 2 * x\n{marked}    return y\n"

    assert stubs.stub(text, "work.py") == (
        'def f(x):\n    y = 2 * x\n    raise NotImplementedError("write f here")\n    return y\n'
    )


def test_the_innermost_function_is_named():
    marked = "        # BEGIN SOLUTION\n        return y\n        # END SOLUTION\n"
    text = f"def f(x):\n    def g(y):\n{marked}    return g(x)\n"

    assert 'raise NotImplementedError("write g here")' in stubs.stub(text, "work.py")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1\n# BEGIN SOLUTION\ny = 2\n", "work.py:2: # BEGIN SOLUTION without an # END"),
        ("x = 1\n# END SOLUTION\n", "work.py:2: # END SOLUTION without a # BEGIN"),
        (
            "# BEGIN SOLUTION\n\n# BEGIN SOLUTION\n# END SOLUTION\n",
            "work.py:3: # BEGIN SOLUTION inside the one of line 1",
        ),
        ("# begin solution\nx = 1\n# END SOLUTION\n", "work.py:1: write the marker alone"),
        ("x = 1  # BEGIN SOLUTION\n# END SOLUTION\n", "work.py:1: write the marker alone"),
        ("#BEGIN_SOLUTION\nx = 1\n", "work.py:1: write the marker alone"),
        ("x = 1\n", "work.py: no # BEGIN SOLUTION"),
        ("def f(:\n    # BEGIN SOLUTION\n    # END SOLUTION\n", "work.py:1: invalid syntax"),
    ],
    ids=["open", "closed", "nested", "lower case", "behind code", "underscore", "none", "syntax"],
)
def test_a_broken_marker_is_named_with_file_and_line(text, said):
    with pytest.raises(CourseError) as caught:
        stubs.stub(text, "work.py")

    assert str(caught.value).startswith(said)


@pytest.mark.parametrize("folder", COURSES, ids=lambda folder: folder.name)
def test_a_committed_stub_is_what_its_solution_makes_of_it(folder):
    course = source.read(folder)

    made = {path.name: text for path, text in stubs.generated(course).items()}

    assert made == {name: (folder / name).read_text("utf-8") for name in course.assignment.files}


@pytest.fixture
def course(tmp_path):
    for room in ("assignments", "reference"):
        shutil.copytree(ROOT / "tests" / "courses" / room / "vectors", tmp_path / room / "vectors")
    return source.read(tmp_path / "assignments" / "vectors")


def test_a_stub_that_was_changed_has_drifted(course):
    path = course.assignment.folder / "vectors.py"
    path.write_text(path.read_text("utf-8").replace("(out, cache)", "out and cache"), "utf-8")

    assert stubs.drifted(course) == [path]


def test_writing_mends_it_once(course):
    path = course.assignment.folder / "vectors.py"
    before = path.read_bytes()
    path.write_text("nothing\n")

    assert [stubs.write(course), stubs.write(course)] == [[path], []]
    assert path.read_bytes() == before


def test_without_the_secret_half_there_is_nothing_to_make_stubs_of(course):
    shutil.rmtree(course.assignment.secret)

    with pytest.raises(UsageError, match="vectors has no reference here"):
        stubs.generated(source.read(course.assignment.folder))
