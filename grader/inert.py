"""Text of strangers, made harmless to show: no control characters, no reordering of a line."""

from __future__ import annotations

import re
import unicodedata

_COMMANDS = re.compile(
    r"(?<!\S)::(?=\w)|##(?=\w*\[)"
    r"|::(?=(?:add|remove|set|save|stop|group|endgroup|debug|notice|warning|error|echo)\b)",
    re.IGNORECASE,
)
"""What a runner of workflows obeys when it stands in its log: `::error` where a line begins, which
is anywhere once a line is folded, and `##[error]`."""


_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Characters that Python calls printable and that show nothing: fillers, selectors of variants.
Unicode's Default_Ignorable_Code_Point, and the empty pattern of Braille."""


def inert(text: str) -> str:
    """`text` with everything that is not a visible character written as an escape.

    Control characters could drive a terminal, format characters (bidi marks, zero widths) could
    show another text than the one that is stored. Line ends and tabs become one space; a letter
    of any script stays as it is. What a workflow's runner would obey loses its first character to
    an escape, too.
    """
    shown = "".join(_shown(character) for character in text)
    return _COMMANDS.sub(lambda found: escaped(found[0][0]) + found[0][1:], shown)


def is_inert(text: str) -> bool:
    """Whether `text` can be shown as it is: visible characters and plain spaces only."""
    return text.isprintable() and not _INVISIBLE.search(text)


def escaped(character: str) -> str:
    """One character as `\\xNN`, `\\uNNNN` or `\\UNNNNNNNN`, the shortest that holds it."""
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _shown(character: str) -> str:
    if is_inert(character):
        return character
    if character in "\n\r\t" or unicodedata.category(character) == "Zs":
        return " "
    return escaped(character)
