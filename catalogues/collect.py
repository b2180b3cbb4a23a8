"""Which texts of the sources people read: what is said, and every sentence that the engine makes.

A text is collected where it is given to `say`, and where it reads as prose: two words or more in a
literal or an f-string. An f-string becomes a template, `{len(names)} files` is collected as
`{len_names} files`, and whoever prints the English sentence finds the template again
(grader/exports/templates.py). So the engine's modules need no marks, and whoever adds a sentence
hears from tests/catalogues that it has no translation yet.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import jinja2

SAYS = {"say", "_"}
"""Whose first argument is collected as it is; `say.plural` and `say.about` are known besides."""

_PROSE = re.compile(
    r"(?<![\w.`])[A-Za-z']{2,}[,:;.]? +[A-Za-z(]\w*|[A-Za-z]{2,} x\b|\bx [A-Za-z]{2,}"
)
_CODE = re.compile(
    r"(^|\n\s*)def |^import |^from .* import|\n\s*(import|from|for|if) |\\[bw]|\t|\w {8,}\d|```"
    r"|<(tr|style|span|rect|path|svg|text|circle)\b|^M\{|-src |NotImplementedError|^# (BEGIN|END)"
    r"|\)\?|^\.[a-z-]+ \{"
)
_MACHINES = re.compile(
    r"module 'grader' has|Value error, |^schema: |RLIMIT_|^(landlock|become) |^grader[ :]|readable="
    r"|Tried to allocate \(|can't allocate|any assignment|^(bar full|yours expected)$"
    r"|^\{\w+\} (as )?\{\w+\}(\{\w+\})?$|^\{\w+\}\{\w+\} \{\w+\}$"
)
_KEYWORDS = {"metavar", "description"}
"""Names of arguments, and what stands in a JSON Schema."""
_HOLE = re.compile(r"(?<!\{)\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text: `said` as it stands, or found by its look; with a plural, or a context."""

    line: int
    text: str
    said: bool = False
    plural: str | None = None
    context: str | None = None

    @property
    def shape(self) -> tuple[str, str | None]:
        """What two texts have in common that differ in the names of their holes alone."""
        return _HOLE.sub("{}", self.text), self.context


def collected(tree: ast.AST) -> Iterator[Text]:
    """All that people read in a module, in the order in which it stands."""
    for child in ast.iter_child_nodes(tree):
        docstring = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        if docstring or (isinstance(child, ast.keyword) and child.arg in _KEYWORDS):
            continue
        if isinstance(child, ast.Call) and (said := _said(child)) is not None:
            yield said
            yield from _each(child.args[1:] if said.plural is None else child.args[2:])
        elif isinstance(child, (ast.Constant, ast.JoinedStr)):
            text = template(child)
            if text and reads_as_prose(text):
                yield Text(line=child.lineno, text=text)
            parts = child.values if isinstance(child, ast.JoinedStr) else []
            yield from _each(part.value for part in parts if isinstance(part, ast.FormattedValue))
        else:
            yield from collected(child)


def in_page(source: str) -> Iterator[Text]:
    """What a page's template says by `say("…")`."""
    environment = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    for line, _, text in environment.extract_translations(source, gettext_functions=("say",)):
        if isinstance(text, str):
            yield Text(line=line, text=text, said=True)


def template(node: ast.AST) -> str | None:
    """The text of a literal, its holes named after what fills them; None for another node."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if not isinstance(node, ast.JoinedStr):
        return None
    names: dict[str, str] = {}
    text = ""
    for part in node.values:
        if isinstance(part, ast.Constant):
            text += str(part.value).replace("{", "{{").replace("}", "}}")
        elif isinstance(part, ast.FormattedValue):
            written = ast.unparse(part.value)
            text += "{" + names.setdefault(written, _hole(written, set(names.values()))) + "}"
    return text


def reads_as_prose(text: str) -> bool:
    """Whether a text is a sentence or a part of one: two words that stand beside each other."""
    plain = _HOLE.sub("x", text)
    return bool(_PROSE.search(plain)) and not _CODE.search(text) and not _MACHINES.search(text)


def holes(text: str) -> set[str]:
    """The names of a text's holes."""
    return set(_HOLE.findall(text))


def _each(nodes: Iterable[ast.expr]) -> Iterator[Text]:
    for node in nodes:
        yield from collected(ast.Expression(body=node))


def _said(call: ast.Call) -> Text | None:
    function = call.func
    if isinstance(function, ast.Call):  # phrases(lang)("you")
        name = "say" if getattr(function.func, "id", "") == "phrases" else ""
        function = ast.Name(id=name)
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    texts = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    if name in SAYS and texts[:1] and isinstance(texts[0], str):
        return Text(line=call.lineno, text=texts[0], said=True)
    if name == "plural" and len(texts) >= 2:
        return Text(line=call.lineno, text=texts[0], plural=texts[1], said=True)
    if name == "about" and len(texts) == 2:
        return Text(line=call.lineno, text=texts[1], context=texts[0], said=True)
    return None


def _hole(written: str, taken: set[str]) -> str:
    inner = re.sub(r"^\w+\((\w+)\)$", r"\1", written)
    name = "_".join(re.findall(r"[A-Za-z]+", inner)[-2:]).lower() or "value"
    number, unique = 2, name
    while unique in taken:
        unique, number = f"{name}{number}", number + 1
    return unique
