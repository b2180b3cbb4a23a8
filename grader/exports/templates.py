"""From an English sentence that the engine made back to its template, and on to another language.

Reports are English whatever `--lang`, and errors are raised as whole sentences. A catalogue has
their templates, `{name} is missing; the folder holds {others}.`; a sentence that fits one is told
by its translation, and what fills a hole is translated in the same way where it is ours too.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import NamedTuple

LONGEST = 4_000
"""A longer sentence is nobody's: a template is not looked for."""


def _(text: str) -> str:
    """Marks a text for the catalogues that the engine makes without writing it as one."""
    return text


WORDS = (
    # kinds of failures, outcomes, subjects of a validation: said by their names
    *(_("missing"), _("raised"), _("timed_out"), _("out_of_memory"), _("crashed")),
    *(_("unreadable"), _("flooded")),
    *(_("passed"), _("failed"), _("blocked"), _("ungraded"), _("pending")),
    *(_("reference"), _("stub"), _("know-nothing"), _("renamed"), _("alternative")),
    *(_("misconception"), _("policy"), _("loading"), _("open"), _("exception")),
    # words that stand alone in a sentence's hole, or in `doctor`
    *(_("nothing"), _("anything"), _("array"), _("value"), _("platform"), _("device"), _("cores")),
    *(_("memory"), _("grade"), _("unknown"), _("answer")),
    # what an answer was, in the words of the worker
    *(_("a list of {count}"), _("a tuple of {count}"), _("a dict of {count}")),
    *(_("a set of {count}"), _("one number"), _("one float"), _("one int"), _("one str")),
    *(_("one bool"), _("a tuple"), _("a list"), _("a value")),
    # argparse's own
    *(_("usage: "), _("positional arguments"), _("options"), _("expected one argument")),
    *(_("show this help message and exit"), _("show program's version number and exit")),
    _("%(prog)s: error: %(message)s\n"),
    _("argument %(argument_name)s: %(message)s"),
    _("the following arguments are required: %s"),
    _("unrecognized arguments: %s"),
    _("invalid choice: %(value)r (choose from %(choices)s)"),
    _("invalid %(type)s value: %(value)r"),
    _("expected at least one argument"),
    _("ambiguous option: %(option)s could match %(matches)s"),
    _("ignored explicit argument %r"),
    # evidence within a sentence
    _("{what} at [{where}]: yours {given}, expected {expected}"),
    _("{what} at [{where}]: yours {given}, expected {expected} (error {error}, allowed {tol})"),
    _("{what}: yours {given}, expected {expected} (error {error}, allowed {tol})"),
    # sentences that are put together from two halves
    _("{error} in this box"),
    _("{error} (a box allows no files to be written, no processes and no network)"),
    # what other libraries and the system say most often
    *(_("permission denied"), _("no such file or directory"), _("is a directory")),
    *(_("not a directory"), _("file exists"), _("no space left on device")),
    *(_("read-only file system"), _("input should be a valid integer")),
    *(_("input should be a valid number"), _("input should be a valid string")),
    *(_("input should be a valid dictionary"), _("input should be a valid tuple")),
    *(_("input should be a valid boolean"), _("input should be {options}")),
    *(_("input should be greater than {least}"), _("mapping values are not allowed here")),
    *(_("input should be greater than or equal to {least}"), _("extra inputs are not permitted")),
)
"""Texts that are translated although no module writes them down in one piece."""

_ALONE = frozenset(
    ("nothing", "unknown", "missing", "passed", "failed", "blocked", "ungraded", "pending")
)
"""The words that are translated where they fill a hole."""
_LEAST_LETTERS = 5
"""Fewer letters of its own make no template: `{name}: {reason}` would fit everything."""
_LEAST_PARTS = 3
"""But texts in so many places make one, however short: `{place} is {value}: {reason}.`"""
_DEEPEST = 3
_LONGEST_HOLE = 1_000


class _Template(NamedTuple):
    """`parts` are the texts between the holes, one more than `holes` are names."""

    parts: tuple[str, ...]
    holes: tuple[str, ...]
    translation: str

    @property
    def letters(self) -> int:
        """How much of the sentence is the template's own."""
        return sum(map(len, self.parts))


class Templates:
    """All templates of one language."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """`texts` are the translations of the English texts, holes in braces."""
        self.texts = texts
        found = [_template(english, other) for english, other in texts.items()]
        # The template that says the most itself is the sentence's own.
        self._templates = sorted(filter(None, found), key=lambda one: -one.letters)

    def translated(self, sentence: str, depth: int = 0) -> str | None:
        """The translation of a whole sentence, or None where it is none of ours."""
        exact = self.texts.get(sentence) or self.texts.get(sentence.removesuffix("."))
        # A word in a hole may be anybody's: a student's file, a key, a name.
        if exact is not None and (depth == 0 or " " in sentence or sentence in _ALONE):
            return exact
        if " " not in sentence or len(sentence) > LONGEST or depth > _DEEPEST:
            return None
        for template in self._templates:
            filling = _filling(template, sentence)
            if filling is not None:
                holes = {name: self._filled(text, depth) for name, text in filling.items()}
                return template.translation.format(**holes)
        return self._composed(sentence, depth) if depth < _DEEPEST - 1 else None

    def _composed(self, sentence: str, depth: int) -> str | None:
        """A sentence that was put together: a name before ours, two of ours, ours and a place."""
        for mark, left_is_ours in ((". ", True), ("; ", True), (": ", False), (" ", False)):
            left, found, right = sentence.partition(mark)
            if not found:
                continue
            end = "." if mark == ". " else ""
            said = self.translated(left + end, depth + 1)
            rest = self.translated(right, depth + 1)
            if rest is not None and (said is not None or not left_is_ours):
                return f"{(said or left + end).removesuffix(end)}{mark}{rest}"
        left, found, right = sentence.removesuffix(")").rpartition(" (")
        if found and sentence.endswith(")"):
            said = self.translated(left, depth + 1)
            return said and f"{said} ({right})"
        return None

    def _filled(self, text: str, depth: int) -> str:
        """What stands in a hole: ours is translated, a student's or a file's name is not."""
        if not text or len(text) > _LONGEST_HOLE:
            return text
        return self.translated(text, depth + 1) or text


def _template(english: str, other: str) -> _Template | None:
    parts, holes = [""], []
    try:
        for text, hole, _, _ in string.Formatter().parse(english):
            parts[-1] += text
            if hole is not None:
                holes.append(hole)
                parts.append("")
    except ValueError:
        return None  # a brace that stands for itself: an exact text, and no template
    own = sum(letter.isalpha() for part in parts for letter in part)
    if own < _LEAST_LETTERS and not (own and sum(map(bool, parts)) >= _LEAST_PARTS):
        return None
    return _Template(tuple(parts), tuple(holes), other)


def _filling(template: _Template, sentence: str) -> dict[str, str] | None:
    """What fills the holes of a template in a sentence; None where it does not fit.

    Texts between holes are looked for from left to right, so that time grows with the length and
    not, as with a regular expression, with what a student put into a hole.
    """
    first, *between, last = template.parts if template.holes else (template.parts[0], "")
    if not sentence.startswith(first) or not sentence.endswith(last):
        return None
    if not template.holes:
        return {} if sentence == first else None
    at, end = len(first), len(sentence) - len(last)
    found: dict[str, str] = {}
    for hole, text in zip(template.holes, [*between, None], strict=True):
        stop = end if text is None else _found(sentence, text, at, end)
        if stop < at:
            return None
        value = sentence[at:stop]
        if found.setdefault(hole, value) != value:
            return None
        at = stop + len(text or "")
    return found


def _found(sentence: str, text: str, at: int, end: int) -> int:
    """Where the text between two holes stands; a full stop ends a sentence, and no file's name."""
    stop = sentence.find(text, at, end)
    while text == "." and 0 <= stop < end - 1 and sentence[stop + 1] != " ":
        stop = sentence.find(text, stop + 1, end)
    return stop
