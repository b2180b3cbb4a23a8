"""Notebooks for tests, written as text: `# %%` begins a cell, the first says what must come out.

    # %% [markdown]
    # holds: what is odd about it
    # expect: {loses: [running_mean], where: "vectors.ipynb, cell 5, line 4"}
    # form: version_3
    # %% <imports>
    # %%
    %matplotlib inline

`<imports>`, `<forward>`, `<backward>` and `<mean>` are cells of a right solution. `expect` may say:
loses (items, none by default), failure (its kind), where (its place), says and problem (what the
messages hold), notes (what the notes hold, none others), misconception. `form` is a way to write
the file, from `tests.notebooks.forms`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.notebooks import forms

FOLDER = Path(__file__).parent
NAME = "vectors.ipynb"
RIGHT = {
    "imports": "import numpy as np",
    "forward": "def center_forward(x):\n    return x - np.mean(x, axis=0, keepdims=True), x.shape",
    "backward": "def center_backward(dout, cache):\n"
    "    return dout - np.mean(dout, axis=0, keepdims=True)",
    "mean": "def running_mean(xs, decay):\n"
    "    out = [xs[0]]\n"
    "    for value in xs[1:]:\n"
    "        out.append(decay * out[-1] + (1 - decay) * value)\n"
    "    return np.stack(out)",
}
_CELL = re.compile(r"^# %%(.*)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What must come out of grading a notebook."""

    loses: tuple[str, ...] = ()
    failure: str | None = None
    where: str | None = None
    says: str | None = None
    problem: str | None = None
    notes: tuple[str, ...] = ()
    misconception: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A notebook of this folder."""

    name: str
    holds: str
    expect: Expected
    form: str
    cells: list[dict[str, Any]] = field(hash=False)

    def __str__(self) -> str:
        return self.name

    def data(self) -> bytes:
        """The bytes of the .ipynb."""
        return getattr(forms, self.form)(self.cells)


def read(path: Path) -> Written:
    """The notebook that a text describes.

    Raises: KeyError, TypeError or yaml.YAMLError where its first cell is not as it has to be.
    """
    _, *parts = _CELL.split(path.read_text(encoding="utf-8"))
    cells = [_cell(mark.strip(), text) for mark, text in zip(parts[::2], parts[1::2], strict=True)]
    said = yaml.safe_load(cells[0]["source"])
    wanted = {key: tuple(v) if isinstance(v, list) else v for key, v in said["expect"].items()}
    return Written(
        name=path.stem,
        holds=said["holds"],
        expect=Expected(**wanted),
        form=said.get("form", "version_4_5"),
        cells=cells,
    )


def _cell(mark: str, text: str) -> dict[str, Any]:
    if mark == "[markdown]":
        return forms.markdown("\n".join(line.removeprefix("# ") for line in text.splitlines()))
    return forms.code(RIGHT[mark[1:-1]] if mark else text.removesuffix("\n"))


WRITTEN = [read(path) for path in sorted(FOLDER.glob("*.cells"))]
