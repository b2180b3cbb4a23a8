"""Cheating that is no attack: what an assignment forbids, found in what graded functions mention.

A policy is applied by reading sources, in the judge. What it says of a submission is as good as its
names are: objects are not followed, so that whoever wants to hide something can, but for a flag
where names are made at run time. Nothing is refused while code runs: torch itself needs whatever
an author may forbid, and all that could tell its calls from a student's stands in the student's
process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from grader.findings import FLAGGED, POLICY, Evidence, Finding, Outcome
from grader.inert import inert
from grader.mentions import Mention, Mentions
from grader.questions import Answer, Question
from grader.rubric import Policy

HINT = (
    "Write this step out without it. What is only for your own tests may stay, where no graded "
    "function uses it."
)
_USES = "{what} uses {given}, which this assignment does not allow ({where})"
_HIDES = "{what} uses {given}, which hides what it does ({where})"
_UNREADABLE = "source that cannot be read"


class Watch:
    """One submission's sources under the policies of an assignment's items.

    What is flagged is flagged once, in the first item that reaches it; what fails an item fails
    every item that does.
    """

    def __init__(
        self,
        files: Mapping[str, str],
        given: Mapping[str, str],
        overlays: Mapping[str, str],
        place: Callable[[str, int], str] = "{}:{}".format,
    ) -> None:
        """`files`, `given` and `overlays` are what a box loads; `place` is how people are told of
        a line of a file."""
        self._sources = files, given, overlays
        self._place = place
        self._read: dict[tuple[str, ...], Mentions | None] = {}
        self._flagged: set[tuple[str, int, str]] = set()

    def findings(self, policy: Policy, functions: Iterable[str]) -> list[Finding]:
        """What a policy says of an item whose checks call `functions`: a finding for each entry."""
        if not policy.forbid:
            return []
        fails = policy.action == "fail"
        found: dict[tuple[str, bool], Finding] = {}
        for function, mention in self._mentions(policy.forbid, functions):
            costs = fails and mention.entry is not None
            place = mention.file, mention.line, mention.path
            if costs or place not in self._flagged:
                key = mention.entry or mention.path, costs
                where = self._place(mention.file, mention.line)
                found.setdefault(key, _finding(function, mention, where, costs=costs))
            if not costs:
                self._flagged.add(place)
        return list(found.values())

    def _mentions(
        self, forbidden: tuple[str, ...], functions: Iterable[str]
    ) -> Iterator[tuple[str, Mention]]:
        if forbidden not in self._read:
            try:
                self._read[forbidden] = Mentions(*self._sources, forbidden)
            except (SyntaxError, ValueError, MemoryError, RecursionError):
                self._read[forbidden] = None
        mentions = self._read[forbidden]
        file = next(iter(self._sources[0]))
        unreadable = Mention(entry=None, path=_UNREADABLE, file=file, line=1, inside="")
        if mentions is None:
            yield file, unreadable
            return
        try:
            yield from ((mention.file, mention) for mention in mentions.hiding())
            for function in functions:
                yield from ((function, mention) for mention in mentions.of(function))
        except RecursionError:
            yield file, unreadable


def called(
    dialogues: Iterable[Iterable[tuple[Question, Answer]]], files: Iterable[str]
) -> list[str]:
    """The functions and classes of `files` that dialogues ask for by name, in order."""
    modules = {file.removesuffix(".py") for file in files}
    names: dict[str, None] = {}
    for dialogue in dialogues:
        for question, _ in dialogue:
            if not isinstance(question.target, str):
                continue
            module, _, rest = question.target.partition(".")
            if question.verb == "call":
                names[question.target] = None
            elif question.verb == "make" and module in modules:
                names[rest.partition(".")[0]] = None
    return list(names)


def named(dialogues: Iterable[Iterable[tuple[Question, Answer]]]) -> list[str]:
    """Every name that dialogues ask for, in order: functions, classes, values, and modules too."""
    targets = (question.target for dialogue in dialogues for question, _ in dialogue)
    words = (word for one in targets if isinstance(one, str) for word in one.split("."))
    return list(dict.fromkeys(word for word in words if word))


def sentence(evidence: Evidence, say: Callable[[str], str] = str) -> str:
    """What a finding of a policy says, in the language of `say`."""
    given = say(_UNREADABLE) if evidence.given == _UNREADABLE else evidence.given
    said = say(_HIDES if evidence.expected is None else _USES)
    return said.format(what=evidence.what, given=given, where=evidence.note)


def _finding(function: str, mention: Mention, where: str, *, costs: bool) -> Finding:
    if mention.inside not in ("", function):
        where += f", {inert(mention.inside[:60])}"
    evidence = Evidence(
        what=function,
        given=inert(mention.path),
        expected=mention.entry and f"no {mention.entry}",
        note=where,
    )
    return Finding(
        check=POLICY,
        outcome=Outcome.FAILED if costs else Outcome.PASSED,
        message=sentence(evidence) if costs else f"{FLAGGED}{sentence(evidence)}",
        evidence=evidence,
        hint=HINT,
    )
