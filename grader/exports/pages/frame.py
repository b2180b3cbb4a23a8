"""What all pages share: one environment that escapes everything, one style, one policy.

Whatever a template prints is made inert and escaped. Only `Markup` passes, and only this folder
makes any: from numbers, from text that it has escaped, and from files of its own.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from grader.exports.pages import numbers
from grader.exports.phrases import phrases
from grader.inert import inert

TEMPLATES = Path(__file__).with_name("templates")

_KEPT = re.compile(r"(?:index|con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_NOT_IN_A_NAME = re.compile(r"[^\w.-]+")


def page(
    template: str,
    lang: str,
    *,
    script: str | None = None,
    styles: Sequence[str] = ("page.css",),
    **values: Any,
) -> str:
    """A whole HTML page.

    Args:
        template: its name in templates/; it extends base.html.
        lang: "en" or "ru": the language of our own sentences, and the page's `lang`.
        script: the page's only script, a text of ours; the page's policy lets exactly it run.
        styles: names in templates/, one after the other.
        values: what the template reads, beside `say`, which translates, and the numbers' forms.
    Raises: jinja2.UndefinedError when the template reads what it was not given.
    """
    style = "".join(map(text_of, styles))
    rendered = (
        _environment()
        .get_template(template)
        .render(
            lang=lang,
            say=phrases(lang),
            style=Markup(style),
            script=None if script is None else Markup(script),
            policy=policy(style, script),
            number=numbers.number,
            points=numbers.points,
            percent=numbers.percent,
            breakable=breakable,
            **values,
        )
    )
    return rendered if rendered.endswith("\n") else rendered + "\n"


def policy(style: str, script: str | None = None) -> str:
    """The Content-Security-Policy of a page: this style, this script, and nothing from anywhere."""
    rules = ["default-src 'none'", f"style-src {_hash(style)}"]
    if script is not None:
        rules.append(f"script-src {_hash(script)}")
    return "; ".join([*rules, "base-uri 'none'", "form-action 'none'"])


def anchor(*parts: str) -> str:
    """A name for a place on a page: letters, digits, `_`, `.` and `-` of the parts, joined by `-`.

    Parts that differ in other characters alone keep apart by a digest.
    """
    joined = "-".join(parts)
    safe = _NOT_IN_A_NAME.sub("-", joined)
    if safe == joined and len(safe) <= 120:
        return safe
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{safe[:100]}-{digest}"


def file_name(student: str) -> str:
    """The file of a student's page, which no system refuses and no other page has.

    A name that a system or a site keeps for itself gets a digest behind it, as one with signs does.
    """
    safe = anchor(student)
    if safe == student and (_KEPT.match(safe) or safe.strip(".-") != safe or not safe):
        safe = anchor(student + "\0").lstrip(".-")
    return f"{safe.lstrip('.-')}.html"


def breakable(name: str) -> Markup:
    """A dotted name that may go on in the next line behind each `.` and `_`."""
    return Markup(re.sub(r"(?<=[._])(?=\w)", "<wbr>", str(escape(inert(name)))))


@lru_cache(maxsize=16)
def text_of(name: str) -> str:
    """A file in templates/: a style or a script."""
    return (TEMPLATES / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _shown(value: Any) -> Any:
    """What an expression of a template prints; escaping comes after this."""
    if isinstance(value, Markup):
        return value
    return inert(value) if isinstance(value, str) else value


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
