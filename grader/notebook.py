"""In a notebook: `from grader.notebook import check`, then `check("item")` in any cell.

The visible checks of an assignment ask the functions as they are in the running kernel, and a small
table says what came of it. Nothing is graded, sent or written.
"""

from __future__ import annotations

import html
import inspect
import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.checking.source import Course
    from grader.exports.terminal import Told
    from grader.report import Report
    from grader.sandbox.talk import Opener

AGAIN = 'check("{item}")'
_STYLE = """\
.grader-table {border-collapse: collapse; margin: .3em 0; color: inherit; font-size: 13px;
 line-height: 1.45}
.grader-table th, .grader-table td {border: 0; border-top: 1px solid rgba(128,128,128,.35);
 padding: .3em .7em; text-align: left; vertical-align: top; background: none; color: inherit}
.grader-table caption {text-align: left; font-weight: 600; padding: .2em .7em; color: inherit}
.grader-table td.points {white-space: nowrap; text-align: right}
.grader-table th {white-space: nowrap; font-weight: 400}
.grader-table code {background: none; color: inherit; padding: 0; font-weight: 600}
.grader-table p {margin: .15em 0; overflow-wrap: anywhere; max-width: 62em}
.grader-table .grader-dim, .grader-table small {opacity: .7}
.grader-table .grader-yellow {border-left: 3px solid #b37400; padding-left: .6em}
.grader-passed {color: #1a8a3c} .grader-failed {color: #d43f3a}
.grader-blocked, .grader-pending {color: #b37400} .grader-ungraded {color: #a04bc0}"""


def check(
    *items: str,
    assignment: str | Path | None = None,
    lang: str | None = None,
    namespace: Mapping[str, Any] | None = None,
) -> Table:
    """Ask the visible checks of the functions in this kernel; the last value of a cell is shown.

    Args:
        items: ids of items (`"scale.backward"`); all of them by default.
        assignment: its name, or its folder; by default what the notebook's folder says.
        lang: "en" or "ru"; by default the environment's.
        namespace: where the functions are; by default the kernel's own names.

    Returns: a table that notebooks show as HTML, and others as text.
    Raises:
        UsageError: an unknown item, or no assignment that could be found.
        CourseError: the assignment's files are broken.
        KeyboardInterrupt: the cell was stopped.
    """
    from grader import own_work
    from grader.live import LIVE, LiveBox, LiveOpener, untouched
    from grader.submission import Submission

    course = _course(assignment)
    own_work.chosen(course, items)
    names = _kernel() if namespace is None else namespace
    arrays = course.assignment.arrays
    with untouched(arrays), _importable(course.assignment.folder):
        live = LiveBox(names, arrays, course.assignment.files, _cell_of())
        opener = LiveOpener(live, lambda: _real_boxes(arrays))
        try:
            desk = own_work.desk(course, opener, "process")
            work = Submission(
                student=own_work.STUDENT,
                files={},
                answers=None,
                digest="sha256:" + "0" * 64,
                problem=None,
                answers_problem=None,
                origin=course.assignment.folder,
            )
            graded = own_work.judge(desk, work, items, LIVE)
        finally:
            opener.close()
    return Table(course=course, report=graded.report, lang=lang or _language())


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Table:
    """What came of a check: HTML where a notebook shows it, the lines of `grader check` elsewhere.

    Attributes:
        course: the assignment and its checks.
        report: the items that were asked; its points say nothing about a grade.
        lang: "en" or "ru".
    """

    course: Course
    report: Report
    lang: str

    @property
    def passed(self) -> bool:
        """Whether every item that was asked has passed."""
        return all(item.outcome == "passed" for item in self.report.items)

    def __repr__(self) -> str:
        from rich.console import Console

        from grader.exports.terminal import show_report

        # As into a file, whatever the kernel's environment says of colours.
        console = Console(
            file=io.StringIO(), no_color=True, force_terminal=False, force_jupyter=False
        )
        show_report(
            self.report,
            self.course.assignment,
            console,
            self.lang,
            checks=self._visible(),
            titles=self._titles(),
            hints=self._hints(),
            again=AGAIN,
        )
        assert isinstance(console.file, io.StringIO)
        return console.file.getvalue().rstrip("\n")

    def _repr_html_(self) -> str:
        """The table as HTML, with every text escaped."""
        from grader.exports.phrases import phrases
        from grader.exports.terminal import told_items

        say = phrases(self.lang)
        rows = told_items(
            self.report,
            self.course.assignment,
            self.lang,
            titles=self._titles(),
            hints=self._hints(),
            again=AGAIN,
        )
        sentence = say("{shown} of {total} checks are visible here; hidden ones run at grading.")
        visible, total = self._visible()
        title = self.course.assignment.title.text(self.lang)
        body = "\n".join(map(_row, rows))
        note = html.escape(sentence.format(shown=visible, total=total))
        return (
            f"<style>\n{_STYLE}\n</style>\n"
            f'<table class="grader-table">\n<caption>{html.escape(title)}</caption>\n'
            f'<tbody>\n{body}\n</tbody>\n<tfoot><tr><td colspan="3"><small>{note}</small></td></tr>'
            "</tfoot>\n</table>"
        )

    def _visible(self) -> tuple[int, int]:
        from grader.own_work import how_many

        return how_many(self.course, [item.id for item in self.report.items])

    def _hints(self) -> dict[str, str]:
        """The course's own, in the course itself; a release holds none."""
        return {one.name: one.hint[self.lang] for one in self.course.misconceptions}

    def _titles(self) -> dict[str, str]:
        return {
            one.name: (one.title_ru if self.lang == "ru" else None) or one.title
            for one in self.course.visible
        }


def _row(told: Told) -> str:
    id, outcome = html.escape(told.result.id), html.escape(str(told.result.outcome))
    remarks = "".join(
        f'<p class="grader-{html.escape(one.style or "said")}">{html.escape(one.text)}</p>'
        for one in told.remarks
    )
    return (
        f'<tr><th scope="row"><span class="grader-{outcome}">{told.mark}</span> '
        f"<code>{id}</code></th><td>{html.escape(told.title)}{remarks}</td>"
        f'<td class="points">{html.escape(told.points)}</td></tr>'
    )


def _course(named: str | Path | None) -> Course:
    """The assignment that is meant: the one that is named, the notebook's folder's, the nearest."""
    from grader import own_work, rubric
    from grader.checking import source

    here = Path.cwd()
    if named is not None:
        return own_work.course_of(here, str(named))
    for folder in (_notebooks_folder() or here, here, *here.absolute().parents):
        if (folder / rubric.FILE).is_file():
            return source.read(folder)
    return own_work.course_of(here, None)


def _notebooks_folder() -> Path | None:
    """The folder of the running notebook where the editor says so; most start the kernel there."""
    names = _kernel()
    for name in ("__vsc_ipynb_file__", "__session__"):  # VS Code's, Jupyter's
        if isinstance(names.get(name), str):
            folder = Path(names[name]).parent
            return folder if folder.is_dir() else None
    return None


def _shell() -> Any:
    """IPython's shell in this process, or None: it is asked for, never imported."""
    ipython = sys.modules.get("IPython")
    return None if ipython is None else ipython.get_ipython()


def _kernel() -> Mapping[str, Any]:
    """The names of the notebook, or of the script or console that called `check`."""
    shell = _shell()
    if shell is not None:
        names: Mapping[str, Any] = shell.user_ns
        return names
    for frame in inspect.stack():
        if frame.frame.f_globals.get("__name__") != __name__:
            return frame.frame.f_globals
    return vars(sys.modules["__main__"])


def _cell_of() -> Callable[[str], str | None]:
    """How a compiled cell is told from other files: as IPython's own tracebacks call it."""
    compiler = getattr(_shell(), "compile", None)
    name_of = getattr(compiler, "format_code_name", None)

    def cell(file: str) -> str | None:
        said = None if name_of is None else name_of(file)
        return None if said is None else str(said[1])

    return cell


@contextmanager
def _importable(folder: Path) -> Iterator[None]:
    """The assignment's folder among the places to import from: given modules stand there."""
    sys.path.append(str(folder))
    try:
        yield
    finally:
        # The last one: a student may have put the same folder there.
        places = [place for place, path in enumerate(sys.path) if path == str(folder)]
        if places:
            del sys.path[places[-1]]


def _language() -> str:
    """The environment's language, as the command line takes it."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(variable):
            return "ru" if os.environ[variable].lower().startswith("ru") else "en"
    return "en"


def _real_boxes(arrays: str) -> Opener:
    """What opens boxes for the reference, for an author at work in the course itself."""
    from grader.sandbox import probe

    return probe.open_opener(probe.choose("auto"), arrays)
