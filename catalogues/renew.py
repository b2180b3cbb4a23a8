"""Renew the catalogues: collect what people read, keep what is translated, compile.

    python catalogues/renew.py            grader/locale/<lang>/LC_MESSAGES/grader.po and .mo
    python catalogues/renew.py --missing  print what has no translation, write nothing

A new text stands in the .po with an empty translation until somebody fills it in; run it again
then. A language is added by making its folder with an empty grader.po in it.
"""

from __future__ import annotations

import argparse
import ast
import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from catalogues.collect import Text, collected, in_page  # noqa: E402 - found only after the line above

ENGINE = ROOT / "grader"
LOCALE = ENGINE / "locale"
TEMPLATE = ENGINE / "template"
"""What `grader new` fills in is the course's, and no sentence of the engine."""

_HEADER = "# Texts of the engine. Written by catalogues/renew.py, but for the translations."


def sources(engine: Path = ENGINE) -> list[Path]:
    """The modules whose texts people read."""
    return sorted(path for path in engine.rglob("*.py") if TEMPLATE not in path.parents)


def template(engine: Path = ENGINE) -> Catalog:
    """All texts of the sources: those that are said as they stand, of the rest one of a shape."""
    found: list[tuple[str, Text]] = []
    for path in sources(engine):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        name = path.relative_to(engine.parent).as_posix()
        found += [(name, text) for text in collected(tree)]
    for path in sorted(engine.rglob("*.html")):
        name = path.relative_to(engine.parent).as_posix()
        found += [(name, text) for text in in_page(path.read_text(encoding="utf-8"))]
    catalogue = Catalog(fuzzy=False)
    names: dict[tuple[str, str | None], str] = {}
    for name, text in sorted(found, key=lambda one: not one[1].said):
        known = text.text if text.said else names.setdefault(text.shape, text.text)
        names.setdefault(text.shape, known)
        id = known if text.plural is None else (known, text.plural)
        catalogue.add(id, locations=[(name, 0)], context=text.context)
    return catalogue


def catalogue_path(lang: str) -> Path:
    """Where the catalogue of a language stands; the compiled one beside it, as .mo."""
    return LOCALE / lang / "LC_MESSAGES" / "grader.po"


def languages() -> list[str]:
    """The languages that have a catalogue."""
    return sorted(path.parents[1].name for path in LOCALE.glob("*/LC_MESSAGES/grader.po"))


def read(lang: str) -> Catalog:
    """The catalogue of a language as it stands."""
    with catalogue_path(lang).open("rb") as file:
        return read_po(file, locale=lang)


def renewed(lang: str, engine: Path = ENGINE) -> Catalog:
    """The catalogue of a language with all that is collected now, and no more."""
    catalogue = read(lang)
    catalogue.update(template(engine), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    catalogue.header_comment = _HEADER
    return catalogue


def as_po(catalogue: Catalog) -> bytes:
    """The bytes of a .po: sorted, so that two people's additions seldom meet; no date, no line."""
    file = io.BytesIO()
    write_po(file, catalogue, width=100, sort_output=True, include_lineno=False, omit_header=True)
    return _head(catalogue) + file.getvalue()


def _head(catalogue: Catalog) -> bytes:
    # Babel's own header has dates and addresses: another text for the same translations.
    lines = (
        _HEADER,
        'msgid ""',
        'msgstr ""',
        f'"Language: {catalogue.locale}\\n"',
        f'"Plural-Forms: {catalogue.plural_forms}\\n"',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
    )
    return ("\n".join(lines) + "\n\n").encode()


class _Compiled(Catalog):
    """A catalogue whose header has no date and no version: the same texts, the same bytes."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale)),
            ("Plural-Forms", self.plural_forms),
            ("Content-Type", "text/plain; charset=utf-8"),
        ]


def as_mo(catalogue: Catalog) -> bytes:
    """The bytes of a .mo, for gettext; the same for the same translations."""
    plain = read_po(io.BytesIO(as_po(catalogue)), locale=catalogue.locale)
    lean = _Compiled(locale=catalogue.locale, fuzzy=False, charset="utf-8")
    for message in plain:
        if message.id:
            lean.add(message.id, message.string, context=message.context)
    file = io.BytesIO()
    write_mo(file, lean)
    return file.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """The texts without a translation, or without one of its plural forms."""
    found = []
    for message in catalogue:
        plural = isinstance(message.id, tuple)
        strings = list(message.string or [""]) if plural else [message.string]
        if message.id and not all(strings):
            found.append(message.id if isinstance(message.id, str) else message.id[0])
    return found


def write(lang: str, catalogue: Catalog) -> None:
    """Write both files of a language."""
    path = catalogue_path(lang)
    path.write_bytes(as_po(catalogue))
    path.with_suffix(".mo").write_bytes(as_mo(catalogue))


def main() -> int:
    """Renew all languages; 1 where a translation is missing."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--missing", action="store_true", help="print only, write nothing")
    only = parser.parse_args().missing
    code = 0
    for lang in languages():
        catalogue = renewed(lang)
        if not only:
            write(lang, catalogue)
        for text in missing(catalogue):
            sys.stdout.write(f"{lang}: no translation: {text!r}\n")
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main())
