"""The engine's own sentences in the languages of the course, through gettext's catalogues.

English stands in the code; `grader/locale` has the rest (catalogues/ says how it is made).
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path

from grader.exports.templates import Templates

LANGUAGES = ("en", "ru")
DOMAIN = "grader"
LOCALE = Path(__file__).parents[1] / "locale"


class Phrases:
    """What people read, in one language: `say = phrases("ru")`, then `say("hint: {text}")`."""

    def __init__(self, lang: str, translations: gettext.NullTranslations) -> None:
        self.lang = lang
        self._translations = translations

    def __call__(self, phrase: str) -> str:
        """The translation of a phrase; the phrase itself where there is none."""
        # The translation of the empty text is the catalogue's header.
        return self._translations.gettext(phrase) if phrase else ""

    def about(self, context: str, phrase: str) -> str:
        """The translation of a word that means something else elsewhere."""
        return self._translations.pgettext(context, phrase)

    def plural(self, one: str, many: str, count: int) -> str:
        """The form of a phrase that stands with so many: one, or many, or what a language has."""
        return self._translations.ngettext(one, many, count)

    def sentence(self, text: str) -> str:
        """The translation of a sentence that the engine has made already, its holes filled.

        What no template fits (a student's own exception) comes back as it is, line by line.
        """
        if not self._templates.texts:
            return text
        whole = self._templates.translated(text)
        if whole is not None or "\n" not in text:
            return text if whole is None else whole
        return "\n".join(self.sentence(line) for line in text.split("\n"))

    @cached_property
    def _templates(self) -> Templates:
        return Templates(dict(_texts(self._translations)))


@lru_cache(maxsize=4)
def phrases(lang: str) -> Phrases:
    """The phrases of a language; English for a language that we lack."""
    return Phrases(lang, gettext.translation(DOMAIN, LOCALE, [lang], fallback=True))


def _texts(translations: gettext.NullTranslations) -> Iterator[tuple[str, str]]:
    """The English texts without plural of a catalogue, and their translations."""
    # gettext has no public way to list them, and has kept them here since it was written.
    catalogue = getattr(translations, "_catalog", {})
    for english, translation in catalogue.items():
        # A context stands before its text, and an EOT between them.
        if isinstance(english, str) and english and "\x04" not in english:
            yield english, translation
