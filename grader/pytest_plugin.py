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

CHECKS = "checks.py"
RUBRIC = "assignment.yaml"


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Take a course's checks.py over; nobody else imports it then."""
    collected = yield
    folder = _assignment_of(file_path)
    if folder is None:
        return collected
    # from_parent passes what it does not know on to our constructor, untyped.
    return [ChecksFile.from_parent(parent, path=file_path, assignment=folder)]


def _assignment_of(path: Path) -> Path | None:
    """The assignment's folder whose checks are in `path`; None for every other file."""
    if path.name != CHECKS:
        return None
    folder = path.parent
    if (folder / RUBRIC).is_file():
        return folder
    public = folder.parent.parent / "assignments" / folder.name
    if folder.parent.name == "reference" and (public / RUBRIC).is_file():
        return public
    return None


class ChecksFile(pytest.File):
    """One half of a course's checks, and the report on the work beside them."""

    def __init__(self, *, assignment: Path, **others: Any) -> None:
        """`assignment` is the public folder, whichever half this is."""
        super().__init__(**others)
        self.assignment = assignment
        self._ended: Graded | GraderError | None = None

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
            yield CheckItem.from_parent(self, name=unique, check=check)

    def graded(self) -> Graded:
        """The report on the work in this folder, by the checks that were selected.

        Raises: GraderError when our side or the course is at fault; for each check the same.
        """
        from grader.errors import GraderError

        if self._ended is None:
            try:
                self._ended = self._grade()
            except GraderError as error:
                self._ended = error
        if isinstance(self._ended, GraderError):
            raise self._ended
        return self._ended

    def _course(self) -> Course:
        """The course with this file's half of the checks in the place of the visible ones."""
        from grader.checking.source import Course

        course = _kept(self.config).course(self.assignment)
        if self.path.parent == self.assignment:
            return Course(assignment=course.assignment, visible=course.visible, hidden=())
        return Course(assignment=course.assignment, visible=course.hidden, hidden=())

    def _grade(self) -> Graded:
        from grader import own_work

        selected = [
            item.check.item
            for item in self.session.items
            if isinstance(item, CheckItem) and item.parent is self
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
        """Grade the folder, if that has not been done; an error where we could not."""
        from grader.errors import GraderError
        from grader.findings import Outcome

        try:
            result, finding = self._found()
        except GraderError as error:
            pytest.fail(str(error), pytrace=False)
        printed = self._file.graded().printed.get(result.id, "")
        if printed.strip():
            self.add_report_section("call", "print", _inert_lines(printed))
        if finding is not None and finding.outcome is Outcome.UNGRADED:
            pytest.fail(f"not your fault: {finding.message}", pytrace=False)

    def runtest(self) -> None:
        """Pass, fail with what `grader check` says, or skip what was not asked.

        A check that fails where its item has its points all the same, because an error is carried
        forward or the check only ever carries one, is an expected failure.
        """
        from grader.findings import Outcome

        result, finding = self._found()
        if finding is None:
            needs = ", ".join(self._file.graded_item(result.id).needs)
            pytest.skip(f"not asked: {needs} gave no answer")
        if finding.outcome is Outcome.BLOCKED:
            pytest.skip(str(finding.message))
        if finding.outcome is not Outcome.FAILED:
            return
        text = _explained(finding)
        if result.outcome is Outcome.PASSED:
            because = f"the error of {result.carried} is carried forward" if result.carried else ""
            pytest.xfail(f"{because or 'no points hang on it'}: {text}")
        pytest.fail(text, pytrace=False)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the check is written, and its name."""
        path, line = self.check.origin
        return path, line - 1, self.name
