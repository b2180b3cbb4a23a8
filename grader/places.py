"""Where a line of loaded code stands in what a student handed in: a cell, where it is a notebook.

A box knows modules and their lines; people know cells.
"""

from __future__ import annotations

import re
from dataclasses import replace

from grader.findings import Finding
from grader.questions import Failure, FailureKind
from grader.submission import Submission

_PLACE = re.compile(r"(\w+\.py)(?::|, line )([0-9]{1,6})")
_MISSING = re.compile(r"there is no (\w{1,100}) in ")


def place(submission: Submission, file: str, line: int) -> str:
    """A line of a file: `layers.py:31`, or `layers.ipynb, cell 5, line 3`."""
    notebook = submission.notebooks.get(file)
    return notebook.place(line) if notebook else f"{file}:{line}"


def placed(submission: Submission, finding: Finding) -> Finding:
    """A finding with the places in its failure and its message as people know them.

    Of a wrong value nobody knows the line; but where the function is that was called last.
    """
    if not submission.notebooks:
        return finding
    failure, evidence = finding.failure, finding.evidence
    if evidence is not None and evidence.called is not None:
        called = evidence.called + _defined(submission, evidence.called.partition("(")[0])
        finding = replace(finding, evidence=replace(evidence, called=called))
    if failure is None:
        return finding
    said = told(submission, failure)
    # What a finding says of a failure ends with what the failure says.
    message = (finding.message or "").removesuffix(failure.message)
    if message == finding.message:
        message = _renamed(submission, message)
    else:
        message += said.message
    return replace(finding, message=message, failure=said)


def _defined(submission: Submission, function: str) -> str:
    """`, layers.ipynb, cell 5, line 1`, where a notebook defines the function."""
    places = [
        f", {one.place(one.defined[function])}"
        for one in submission.notebooks.values()
        if function in one.defined
    ]
    return places[0] if places else ""


def told(submission: Submission, failure: Failure) -> Failure:
    """A failure with its places as people know them, and why what is missing is missing."""
    where = failure.where and _renamed(submission, failure.where)
    message = _renamed(submission, failure.message)
    missing = _MISSING.match(failure.message)
    if failure.kind is FailureKind.MISSING and missing:
        for notebook in submission.notebooks.values():
            if (lost := notebook.why_missing(missing[1])) is not None:
                message, where = f"{message}; {lost.why.sentence()}", where or lost.place
    return replace(failure, message=message, where=where)


def _renamed(submission: Submission, text: str) -> str:
    """`text` with lines of notebooks' modules as cells, and the modules' names as notebooks'."""

    def as_cell(found: re.Match[str]) -> str:
        if found[1] not in submission.notebooks:
            return found[0]
        return place(submission, found[1], int(found[2]))

    text = _PLACE.sub(as_cell, text)
    for file, notebook in submission.notebooks.items():
        text = re.sub(rf"(?<!\w){re.escape(file)}(?!\w)", notebook.file, text)
    return text
