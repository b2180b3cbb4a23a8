"""A page as a browser's parser sees it: elements, attributes, links, comments, text."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "wbr", "br", "hr", "input", "link", "img"}
ADDRESSES = {"href", "src", "action", "xlink:href", "srcset", "data", "poster", "formaction"}


class Page(HTMLParser):
    """Parses at once; `elements` are (tag, attributes) in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.comments: list[str] = []
        self.texts: list[str] = []
        self.unclosed: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.unclosed.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.unclosed, f"</{tag}> closes nothing"
        assert self.unclosed[-1] == tag, f"</{tag}> closes <{self.unclosed[-1]}>"
        self.unclosed.pop()

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        if not self.unclosed or self.unclosed[-1] not in ("style", "script"):
            self.texts.append(data)

    @property
    def text(self) -> str:
        """What is read, without the spaces of the source."""
        return " ".join("".join(self.texts).split())

    @property
    def tags(self) -> set[str]:
        """The names of all elements."""
        return {tag for tag, _ in self.elements}

    @property
    def attributes(self) -> set[str]:
        """The names of all attributes."""
        return {name for _, attributes in self.elements for name in attributes}

    @property
    def addresses(self) -> list[str]:
        """Every value that names another place."""
        return [
            value or ""
            for _, attributes in self.elements
            for name, value in attributes.items()
            if name in ADDRESSES
        ]

    @property
    def ids(self) -> list[str]:
        """The anchors of the page."""
        return [attributes["id"] or "" for _, attributes in self.elements if "id" in attributes]

    def of(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        """The attributes of the elements of a name, with `class_` and others as wanted."""
        pairs = [(name.rstrip("_"), value) for name, value in wanted.items()]
        return [
            attributes
            for one, attributes in self.elements
            if one == tag and all(attributes.get(name) == value for name, value in pairs)
        ]
