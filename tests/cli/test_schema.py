from __future__ import annotations

import json

import pytest

from grader import marks, report, rubric
from grader.cli import main


@pytest.mark.parametrize("words", [[], ["assignment"]])
def test_the_schema_of_the_rubric_is_printed(capsys, words):
    assert main(["schema", *words]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(rubric.schema()))


def test_the_schema_of_the_report_is_printed(capsys):
    assert main(["schema", "report"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(report.schema()))


def test_the_schema_of_the_marks_is_printed(capsys):
    assert main(["schema", "marks"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(marks.schema()))


def test_there_is_no_schema_of_anything_else(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["schema", "seed"])

    assert ended.value.code == 2
