"""Every exception this package raises.

GraderError
├── UsageError          wrong use: exit code 2
│   ├── CourseError     an assignment, a check or a reference is wrong: file, line and key are named
│   ├── IsolationError  this machine cannot hold a submission as strongly as was asked
│   └── SubmissionError a submission that cannot be read or attributed
├── NotebookError       an .ipynb that is no notebook; the text completes its name
├── BoxError            a box broke through no fault of the student: exit code 3
└── WireError           bytes from the other side of the wall that are not a frame
Mismatch                an expectation of a check that an answer did not meet
Failed                  the student's code gave no usable answer; carries a Failure
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.questions import Failure


class GraderError(Exception):
    """The root of what we raise on purpose; its text is a sentence for people."""


class UsageError(GraderError):
    """Wrong use of a command, or input that only its author can mend."""


class CourseError(UsageError):
    """The course itself is wrong: an assignment.yaml, a check, a reference."""


class IsolationError(UsageError):
    """The isolation that was asked for is not to be had on this machine."""


class SubmissionError(UsageError):
    """A submission that cannot be read, or cannot be attributed to one student."""


class NotebookError(GraderError):
    """Bytes that are no notebook, or one that holds too much; completes "NAME …"."""


class BoxError(GraderError):
    """A zygote or a box failed through no fault of the student."""


class WireError(GraderError):
    """Bytes that are not a frame of ours, or break one of its caps."""


class Mismatch(Exception):  # noqa: N818 - the field's word: an expectation that was not met
    """An answer that differs from what a check expects.

    `evidence` is a `grader.findings.Evidence`; typed loosely because the worker imports this
    module too and must not import the findings. `pictures` are `grader.pictures.Picture`s of it.
    """

    def __init__(self, evidence: Any, pictures: tuple[Any, ...] = ()) -> None:
        super().__init__(str(evidence))
        self.evidence = evidence
        self.pictures = pictures


class Failed(Exception):  # noqa: N818 - carries a Failure, and is named after it
    """A question got no usable answer; `failure` says why, `seat` whose answer was awaited."""

    def __init__(self, failure: Failure, seat: str = "student") -> None:
        super().__init__(failure.message)
        self.failure = failure
        self.seat = seat
