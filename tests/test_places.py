from __future__ import annotations

from pathlib import Path

import pytest

from grader import places, submission
from grader.findings import Evidence, Finding, Outcome
from grader.questions import Failure, FailureKind
from tests.fuzz.trees import assignment
from tests.notebooks.forms import code, markdown, version_4_5


@pytest.fixture
def work(tmp_path: Path) -> submission.Submission:
    """A notebook with text in cell 1, functions in cells 2 and 3, and a broken cell 4."""
    cells = [markdown("a"), code("import a\n\ndef f(): 1"), code("def g():\n  1"), code("def h(:")]
    (tmp_path / "work.ipynb").write_bytes(version_4_5(cells))
    return submission.read(tmp_path, assignment(("work.py",)), "ada")


def told(work, message, where=None, kind=FailureKind.RAISED):
    failure = places.told(work, Failure(kind=kind, message=message, where=where))
    return failure.message, failure.where


def test_a_line_is_a_cell_and_its_line(work):
    assert told(work, "no", "work.py:5") == ("no", "work.ipynb, cell 3, line 2")


def test_a_line_of_another_file_stays(work):
    assert told(work, "no", "given.py:5") == ("no", "given.py:5")


def test_a_message_names_the_notebook(work):
    said, _ = told(work, "'return' outside function (work.py, line 3)")

    assert said == "'return' outside function (work.ipynb, cell 2, line 3)"
    assert told(work, "not in homework.py or work.py")[0] == "not in homework.py or work.ipynb"


def test_what_is_missing_is_blamed_on_its_cell(work):
    assert told(work, "there is no h in work.py", kind=FailureKind.MISSING) == (
        "there is no h in work.ipynb; work.ipynb, cell 4, line 1 is not Python (invalid syntax); "
        "nothing of this cell is used",
        "work.ipynb, cell 4, line 1",
    )


def test_a_finding_says_the_same_as_its_failure(work):
    failure = Failure(kind=FailureKind.RAISED, message="at work.py:5", where="work.py:5")
    finding = Finding(
        check="c", outcome=Outcome.FAILED, message="f(3): at work.py:5", failure=failure
    )

    said = places.placed(work, finding)

    assert said.message == "f(3): at work.ipynb, cell 3, line 2"


def test_of_a_python_file_nothing_changes(tmp_path):
    (tmp_path / "work.py").write_text("x = 1")
    plain = submission.read(tmp_path, assignment(("work.py",)), "ada")

    assert places.place(plain, "work.py", 1) == "work.py:1"
    assert told(plain, "at work.py:5", "work.py:5") == ("at work.py:5", "work.py:5")


@pytest.mark.parametrize(
    ("called", "said"),
    [
        ("g(array (2,))", "g(array (2,)), work.ipynb, cell 3, line 1"),
        ("h(3)", "h(3)"),
        ("a held object(3)", "a held object(3)"),
    ],
)
def test_a_wrong_value_says_where_its_function_is(work, called, said):
    evidence = Evidence(what="dx", given=1.0, expected=2.0, called=called)
    finding = Finding(check="c", outcome=Outcome.FAILED, message=str(evidence), evidence=evidence)

    placed = places.placed(work, finding)

    assert placed.evidence is not None
    assert placed.evidence.called == said
    assert placed.message == str(placed.evidence)
