"""Text of strangers, made harmless to show: no control characters, no reordering of a line."""

from __future__ import annotations

import unicodedata


def inert(text: str) -> str:
    """`text` with everything that is not a visible character written as an escape.

    Control characters could drive a terminal, format characters (bidi marks, zero widths) could
    show another text than the one that is stored. Line ends and tabs become one space; a letter
    of any script stays as it is.
    """
    return "".join(_shown(character) for character in text)


def is_inert(text: str) -> bool:
    """Whether `text` can be shown as it is: visible characters and plain spaces only."""
    return text.isprintable()


def escaped(character: str) -> str:
    """One character as `\\xNN`, `\\uNNNN` or `\\UNNNNNNNN`, the shortest that holds it."""
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    if character in "\n\r\t" or unicodedata.category(character) == "Zs":
        return " "
    return escaped(character)
