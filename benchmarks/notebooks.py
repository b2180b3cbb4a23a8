"""What a notebook costs over the same code as a Python file, as a ratio.

    python benchmarks/notebooks.py                  200 of each, on the numpy course of the tests
    python benchmarks/notebooks.py activations -n 20  on one of the assignments

The notebook is the module cut into a cell for each definition, with what notebooks hold besides:
text, magics, a shell line, a loop, and a picture among the outputs, so that it has the median size
of 716 real ones, 190 kB. CPU seconds are the operating system's, of all processes together; one
more submission is the slope between a class of 10 and one of 10 and `-n` more, so that warming up,
nbformat's import with it, is in neither. The two are measured in turn, and medians compared.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from throughput import ROOT, SEED, cpu_of

FEW = 10
AIM = 1.2
PICTURE = "iVBORw0KGgoAAAANSUhEUgAA" * 7_500
VECTORS = ROOT / "tests" / "courses"


def cell(kind: str, source: str, **more: Any) -> dict[str, Any]:
    """A cell as Jupyter writes it."""
    return {"cell_type": kind, "metadata": {}, "source": source.splitlines(keepends=True), **more}


def notebook_of(module: str, number: int) -> dict[str, Any]:
    """The module as a notebook of usual size."""
    lines = module.splitlines()
    parts = ast.parse(module).body
    picture = {"output_type": "display_data", "metadata": {}, "data": {"image/png": PICTURE}}
    cells = [cell("markdown", f"# Work of student {number}\n")]
    sources = ["%matplotlib inline\n%load_ext autoreload\n!ls\n"]
    for part in parts:
        if not (isinstance(part, ast.ImportFrom) and part.module == "__future__"):
            sources.append("\n".join(lines[part.lineno - 1 : part.end_lineno]))
    sources.append("for step in range(10**9):\n    print(step)\n")
    for count, source in enumerate(sources, start=1):
        cells.append(cell("markdown", "What follows is *mine*.\n"))
        cells.append(cell("code", source, execution_count=count, outputs=[]))
    cells[-1]["outputs"] = [picture]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}


def class_of(count: int, folder: Path, work: Path, suffix: str) -> Path:
    """A folder of `count` submissions of the module `work`, as files of that suffix."""
    module = work.read_text("utf-8")
    for number in range(count):
        one = folder / f"student_{number:04d}"
        one.mkdir(parents=True)
        if suffix == ".ipynb":
            text = json.dumps(notebook_of(f"{module}\nnumber = {number}\n", number), indent=1)
        else:
            text = f"{module}\nnumber = {number}\n"
        (one / f"{work.stem}{suffix}").write_text(text, "utf-8")
    return folder


def one_more(course: Path, slug: str, count: int, suffix: str, scratch: Path) -> float:
    """CPU seconds of one more submission."""
    work = course / "reference" / slug / f"{slug}.py"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    costs = []
    for size in (FEW, FEW + count):
        folder = scratch / f"{suffix[1:]}{size}"
        if not folder.exists():
            class_of(size, folder, work, suffix)
        command = [
            *(sys.executable, "-m", "grader", "grade", str(course / "assignments" / slug)),
            *(str(folder), "-o", str(scratch / f"out{suffix}{size}"), "-j", "1", "--seed", SEED),
            *("--again", "--isolation", "landlock"),
        ]
        costs.append(cpu_of(command, cwd=ROOT, env=environment))
    return (costs[1] - costs[0]) / count


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("slug", nargs="?", default="vectors")
    parser.add_argument("-n", type=int, default=200, help="notebooks (200)")
    parser.add_argument("--rounds", type=int, default=3, help="of which the median counts (3)")
    arguments = parser.parse_args()
    course = VECTORS if arguments.slug == "vectors" else ROOT
    rows: dict[str, list[float]] = {".py": [], ".ipynb": []}
    with tempfile.TemporaryDirectory() as name:
        for _ in range(arguments.rounds):
            for suffix, row in rows.items():
                row.append(one_more(course, arguments.slug, arguments.n, suffix, Path(name)))
        file = next(Path(name).glob(f"ipynb*/*/{arguments.slug}.ipynb"))
        size = file.stat().st_size
    for suffix, row in rows.items():
        shown = ", ".join(f"{1000 * value:.1f}" for value in row)
        print(f"{suffix:7} {1000 * statistics.median(row):8.1f} ms CPU   ({shown})")
    ratio = statistics.median(rows[".ipynb"]) / statistics.median(rows[".py"])
    print(f"{arguments.n} notebooks of {arguments.slug}, {size / 1000:.0f} kB each, over .py files")
    print(f"one more notebook / one more .py   {ratio:.2f}   aim <= {AIM}")


if __name__ == "__main__":
    main()
