"""A page as a parser sees it: elements with their attributes and text, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
INLINE = frozenset({"a", "b", "code", "em", "i", "span", "strong", "wbr", ""})


@dataclass(slots=True)
class Element:
    """One element; `inside` holds elements and texts in their order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text inside, runs of space as one, and blocks apart."""
        return " ".join(self._text().split())

    def _text(self) -> str:
        whole = "".join(one if isinstance(one, str) else one._text() for one in self.inside)
        return whole if self.tag in INLINE else f" {whole} "

    def every(self, tag: str, **attributes: str) -> list[Element]:
        """The elements below of that tag; `class_` names one of its classes, `_` stands for `-`."""
        return [one for one in self.below() if one.tag == tag and one.has(**attributes)]

    def one(self, tag: str, **attributes: str) -> Element:
        """The only such element."""
        (found,) = self.every(tag, **attributes)
        return found

    def has(self, **attributes: str) -> bool:
        return all(
            value in self.attributes.get("class", "").split()
            if name == "class_"
            else self.attributes.get(name.rstrip("_").replace("_", "-")) == value
            for name, value in attributes.items()
        )

    def below(self) -> Iterator[Element]:
        for one in self.inside:
            if isinstance(one, Element):
                yield one
                yield from one.below()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def parse(page: str) -> Element:
    """The whole page; AssertionError where an element is closed out of turn, or never."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is never closed"
    return reader.open[0]


def skeleton(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """The tags of a page in order, each with the names of its attributes."""
    return [(one.tag, tuple(one.attributes)) for one in parse(page).below()]
