"""The code as it was handed in, as it is kept beside a report: sources whole, notebooks lean.

A lean notebook holds the code of its cells and nothing else; a cell of text stays as an empty one,
so that numbers of cells are those that the student's editor shows.
"""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any

from grader.reading.cells import Notebook
from grader.submission import Submission


def kept(submission: Submission) -> dict[str, bytes]:
    """What to keep, by file name: `layers.py`, or `layers.ipynb` in its place."""
    files = {}
    for name, data in submission.files.items():
        notebook = submission.notebooks.get(name)
        if notebook is None:
            files[name] = data
        else:
            files[notebook_name(name)] = _lean(notebook)
    return files


def names(assigned: tuple[str, ...]) -> list[str]:
    """All names under which work on the assigned files may be kept."""
    return [name for one in assigned for name in (one, notebook_name(one))]


def notebook_name(assigned: str) -> str:
    """`layers.ipynb` for `layers.py`."""
    return str(PurePath(assigned).with_suffix(".ipynb"))


def _lean(notebook: Notebook) -> bytes:
    lines = notebook.source.split("\n")
    code = {}
    for cell, after in zip(notebook.cells, [*notebook.cells[1:], None], strict=True):
        end = after.first - 1 if after else len(lines) - 1
        code[cell.number] = "\n".join(lines[cell.first - 1 : end])
    cells = []
    for number in range(1, max(code, default=0) + 1):
        lean: dict[str, Any] = {"metadata": {}, "source": code.get(number, "")}
        if number in code:
            lean |= {"cell_type": "code", "execution_count": None, "outputs": []}
        else:
            lean |= {"cell_type": "markdown"}
        cells.append(lean)
    whole = {
        "cells": cells,
        "metadata": {"grader": {"file": notebook.file}},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
