"""pytest shows the checks of a course as tests: editors, `-k` and `--junitxml` for nothing.

In an assignment's folder the visible checks judge the work in it, in reference/<slug> the hidden
ones judge the solution. A folder is graded once a session, when its first check is due. Anywhere
else this plugin compares the names of files and does nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from grader.checking.check import Check
    from grader.checking.source import Course
    from grader.errors import GraderError
    from grader.findings import Finding
    from grader.grade import Desk, Graded
    from grader.report import ItemResult
    from grader.sandbox.talk import Opener

CHECKS = "checks"
RUBRIC = "assignment.yaml"


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Take a course's files of checks over; nobody else imports them then."""
    collected = yield
    folder = _assignment_of(file_path)
    if folder is None:
        return collected
    return [ChecksFile.from_parent(parent, path=file_path, assignment=folder)]


def _assignment_of(path: Path) -> Path | None:
    """The assignment's folder whose checks are in `path`; None for every other file."""
    if path.suffix != ".py" or not (path.stem == CHECKS or path.stem.startswith(f"{CHECKS}_")):
        return None
    folder = path.parent
    if (folder / RUBRIC).is_file():
        return folder
    public = folder.parent.parent / "assignments" / folder.name
    if folder.parent.name == "reference" and (public / RUBRIC).is_file():
        return public
    return None


class ChecksFile(pytest.File):
    """One file of a course's checks, and the report on the work beside it."""

    def __init__(self, *, assignment: Path, **others: Any) -> None:
        """`assignment` is the public folder, whichever half this is."""
        super().__init__(**others)
        self.assignment = assignment

    def collect(self) -> Iterator[CheckItem]:
        """A test for each check, in the file's order.

        Raises: CollectError with the sentence that `grader check` would say of a wrong course.
        """
        from grader.errors import GraderError

        try:
            course = self._course()
        except GraderError as error:
            raise self.CollectError(str(error)) from error
        names = [f"{check.item}: {check.title.rstrip('.')}" for check in course.visible]
        often = Counter(names)
        for check, name in zip(course.visible, names, strict=True):
            unique = name if often[name] == 1 else f"{name} ({check.name})"
            if self._holds(check):
                yield CheckItem.from_parent(self, name=unique, check=check)

    def _holds(self, check: Check) -> bool:
        """Whether a check is this file's; one that another half's file makes is `checks.py`'s."""
        file, _ = check.origin
        name = file.name if file.parent == self.path.parent else f"{CHECKS}.py"
        return name == self.path.name

    def graded(self) -> Graded:
        """The report on the work in this folder, by the checks that were selected.

        Raises: GraderError when our side or the course is at fault; for each check the same.
        """
        from grader.errors import GraderError

        ended = _kept(self.config).ended
        if self.path.parent not in ended:
            try:
                ended[self.path.parent] = self._grade()
            except GraderError as error:
                ended[self.path.parent] = error
        report = ended[self.path.parent]
        if isinstance(report, GraderError):
            raise report
        return report

    def needs(self, item: str) -> tuple[str, ...]:
        """The items without an answer to which `item` is not asked."""
        return self._course().assignment.item(item).needs

    def _course(self) -> Course:
        """The course with this folder's half of the checks in the place of the visible ones."""
        from grader.checking.source import Course

        course = _kept(self.config).course(self.assignment)
        half = course.visible if self.path.parent == self.assignment else course.hidden
        return Course(assignment=course.assignment, visible=half, hidden=())

    def _grade(self) -> Graded:
        from grader import own_work

        selected = [
            item.check.item
            for item in self.session.items
            if isinstance(item, CheckItem) and item.path.parent == self.path.parent
        ]
        return own_work.check(self._desk(), self.path.parent, list(dict.fromkeys(selected)))

    def _desk(self) -> Desk:
        from grader import grade, own_work, secret

        course = self._course()
        opener, level = _kept(self.config).opener(course.assignment.arrays)
        if self.path.parent == self.assignment:
            return own_work.desk(course, opener, level)
        # What was recorded for students are the visible checks; these are asked anew.
        desk = grade.Desk(course=course, opener=opener, secret=secret.PUBLIC, isolation=level)
        desk.records = grade.prepare(desk, course.visible)
        return desk


class CheckItem(pytest.Item):
    """One check as a test."""

    def __init__(self, *, check: Check, **others: Any) -> None:
        """`check` is one of the file's."""
        super().__init__(**others)
        self.check = check
        # `-k` finds it by what reports call it, too.
        self.extra_keyword_matches |= {check.name, check.id}

    def setup(self) -> None:
        """Grade the folder, if that has not been done; an error where that is our side's fault."""
        from grader.errors import GraderError
        from grader.findings import Outcome

        try:
            _, finding = self._found()
        except GraderError as error:
            pytest.fail(str(error), pytrace=False)
        if finding.outcome is Outcome.UNGRADED:
            pytest.fail(f"not your fault: {finding.message}", pytrace=False)

    def runtest(self) -> None:
        """Pass, fail with what `grader check` says, or skip what was not asked.

        A check that fails where its item has its points all the same, because an error is carried
        forward or the check can only ever carry one, is an expected failure.
        """
        from grader.findings import Outcome

        result, finding = self._found()
        if finding.outcome is Outcome.BLOCKED:
            pytest.skip(str(finding.message))
        if finding.outcome is not Outcome.FAILED:
            return
        printed = self._file.graded().printed.get(result.id, "")
        if printed.strip():
            self.add_report_section("call", "print", _inert_lines(printed))
        text = _explained(finding)
        if result.outcome is Outcome.PASSED:
            carried = f"the error of {result.carried} is carried forward" if result.carried else ""
            pytest.xfail(f"{carried or 'no points hang on this'}: {text}")
        pytest.fail(text, pytrace=False)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the check is written, and its names: in words, and as reports have it."""
        path, line = self.check.origin
        # pytest would write the dots of an ending that the node's id has, too, as `::`.
        return path, line - 1, f"{self.name} ({self.check.name})"

    @property
    def _file(self) -> ChecksFile:
        assert isinstance(self.parent, ChecksFile)
        return self.parent

    def _found(self) -> tuple[ItemResult, Finding]:
        """The result of the check's item, and what the check itself found."""
        from grader.checking.run import not_asked

        results = self._file.graded().report.items
        result = next(one for one in results if one.id == self.check.item)
        for finding in result.findings:
            if finding.check == self.check.name:
                return result, finding
        if result.findings:  # one that concerns no check: the submission does not load
            return result, result.findings[0]
        needs = ", ".join(self._file.needs(self.check.item))
        return result, not_asked(self.check, f"not asked: {needs} gave no answer")


def _explained(finding: Finding) -> str:
    """The lines that `grader check` has for a finding."""
    from grader.inert import inert

    lines = [inert(finding.message or "")]
    if finding.failure is not None and finding.failure.where:
        lines.append(f"at {inert(finding.failure.where)}")
    if finding.hint:
        lines.append(f"hint: {inert(finding.hint)}")
    return "\n".join(lines)


def _inert_lines(text: str) -> str:
    from grader.inert import inert

    return "\n".join(inert(line) for line in text.splitlines())


class _Kept:
    """What a session keeps: courses that were read, the boxes' warm interpreters, and reports.

    `ended` has what became of each folder's work, by the folder.
    """

    def __init__(self, config: pytest.Config) -> None:
        self.ended: dict[Path, Graded | GraderError] = {}
        self._courses: dict[Path, Course] = {}
        self._openers: dict[str, Opener] = {}
        config.add_cleanup(self._close)

    def course(self, assignment: Path) -> Course:
        """Both halves of an assignment, each file of checks imported once.

        Raises: CourseError, as `grader.checking.source.read` does.
        """
        from grader.checking import source

        if assignment not in self._courses:
            self._courses[assignment] = source.read(assignment)
        return self._courses[assignment]

    def opener(self, arrays: str) -> tuple[Opener, str]:
        """What opens boxes, warm, and the level at which it holds them: the strongest there is.

        Raises: BoxError where it does not start.
        """
        from grader.sandbox import probe

        confinement = probe.choose("auto")
        if arrays not in self._openers:
            self._openers[arrays] = probe.open_opener(confinement, arrays)
        return self._openers[arrays], confinement.level

    def _close(self) -> None:
        for opener in self._openers.values():
            opener.close()


_KEPT = pytest.StashKey[_Kept]()


def _kept(config: pytest.Config) -> _Kept:
    if _KEPT not in config.stash:
        config.stash[_KEPT] = _Kept(config)
    return config.stash[_KEPT]
