"""`grader validate`: is the assignment itself sound?"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from grader.validate import Examined

HELP = (
    "Prove an assignment: the reference earns everything, twice the same bytes; the stub and "
    "know-nothings earn nothing; each misconception loses exactly its items and is named."
)
EPILOG = """\
examples:
  grader validate activations             one assignment, under the public seed
  grader validate                         all under assignments/
  grader validate activations --seeds 20  under 20 other seeds too: nothing passes by luck
exit code: 0 sound; 2 something is wrong with the assignment; 3 could not be graded (our fault)
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's own arguments."""
    parser.add_argument("assignments", nargs="*", help="names or folders; all by default")
    parser.add_argument("--seeds", type=int, default=0, metavar="N", help="further seeds to try")
    parser.add_argument("--only", default="", metavar="TEXT", help="subjects whose name holds TEXT")
    parser.add_argument("-j", "--jobs", type=int, default=max(1, os.cpu_count() or 1), metavar="N")
    parser.add_argument("--brief", action="store_true", help="only what is wrong, and the totals")
    parser.add_argument(
        "--isolation",
        default="auto",
        choices=("auto", "namespaces", "landlock", "seccomp", "process"),
    )


def run(arguments: argparse.Namespace) -> int:
    """Validate and print a table an assignment; the exit code."""
    from rich.console import Console

    from grader import rubric, validate
    from grader.cli import WRONG_USE
    from grader.errors import UsageError
    from grader.sandbox import probe

    here = Path.cwd()
    folders = [rubric.find(name, here) for name in arguments.assignments] or _all(here)
    if not folders:
        raise UsageError("there is no assignments/ here or above. Say which assignment.")
    confinement = probe.choose(arguments.isolation)
    console = Console()
    sound = True
    for folder in folders:
        if rubric.read(folder).secret is None:
            raise UsageError(f"{folder.name} has no reference/{folder.name}, so nothing to prove.")
        rows = []
        for row in validate.run(
            folder.absolute(),
            confinement,
            seeds=arguments.seeds,
            jobs=arguments.jobs,
            wanted=arguments.only,
        ):
            rows.append(row)
            if row.problems:
                sys.stderr.write(f"{_place(row)}: {'; '.join(row.problems)}\n")
        _table(folder.name, rows, console, brief=arguments.brief)
        sound = sound and bool(rows) and not any(row.problems for row in rows)
    return 0 if sound else WRONG_USE


def _all(here: Path) -> list[Path]:
    for parent in (here, *here.parents):
        if (parent / "assignments").is_dir():
            return sorted(
                path.parent for path in (parent / "assignments").glob("*/assignment.yaml")
            )
    return []


def _table(name: str, rows: Sequence[Examined], console: Console, *, brief: bool) -> None:
    lines = [("subject", "points", "named", "", "loses")]
    lines += [
        (
            row.subject.name if row.subject.kind == row.subject.name else _place(row),
            f"{row.points:g} of {row.out_of:g}",
            "yes" if list(row.named) == [row.subject.name] else "",
            "WRONG" if row.problems else "sound",
            _lost(row),
        )
        for row in sorted(rows, key=lambda row: _KINDS.index(row.subject.kind))
        if row.seed == 0 and not brief
    ]
    wide = [max(len(line[column]) for line in lines) for column in range(4)]
    for line in lines if len(lines) > 1 else []:
        cells = [cell.ljust(width) for cell, width in zip(line, wide, strict=False)]
        text = "  ".join([*cells, line[4]]).rstrip()
        console.print(text, markup=False, highlight=False, soft_wrap=True)
    wrong = [row for row in rows if row.problems]
    kinds = {kind: sum(row.subject.kind == kind for row in rows) for kind in _KINDS}
    counts = ", ".join(f"{kind} {count}" for kind, count in kinds.items() if count)
    verdict = f"{len(wrong)} of {len(rows)} gradings wrong" if wrong else "sound"
    seeds = len({row.seed for row in rows})
    text = f"{name}: {verdict} (seeds {seeds}; graded: {counts})"
    console.print(text, markup=False, highlight=False, soft_wrap=True)


_KINDS = ("reference", "stub", "know-nothing", "renamed", "misconception")


def _lost(row: Examined) -> str:
    if len(row.lost) > 6:
        return f"{len(row.lost)} items"
    return ", ".join(row.lost) or "nothing"


def _place(row: Examined) -> str:
    seed = f" under seed {row.seed}" if row.seed else ""
    return f"{row.subject.kind} {row.subject.name}{seed}"
