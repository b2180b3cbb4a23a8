"""Note: a fact about a submission that costs nothing, in any language of the course."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """An English sentence with names in braces, and what stands for these names.

    `{count}` in the text is `values["count"]`; values are inert already and are not translated.
    """

    text: str
    values: tuple[tuple[str, str], ...] = ()

    def sentence(self, say: Callable[[str], str] = str) -> str:
        """The note in the language of `say`."""
        return say(self.text).format(**dict(self.values))
