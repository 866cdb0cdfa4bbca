"""Read the text of a web page: what is shown, with the numbers of its lists."""

import re
import time
from html.parser import HTMLParser

from loaders.documents.files.limits import LIMITS, ReadingLimits
from loaders.documents.text.numbers import printed_number
from ontology.errors import UnreadableDocument

SILENT = frozenset({"script", "style", "noscript", "template", "nav", "svg", "head", "form"})
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset"}
    | {"figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"}
    | {"main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"}
)
_MOST_DEPTH = 200
"""Lists within lists, or silent parts within such, beyond which a page is not a document."""


class _Shown(HTMLParser):
    """Gathers the text that a reader of the page sees."""

    def __init__(self, name: str, limits: ReadingLimits) -> None:
        super().__init__(convert_charrefs=True)
        self.name = name
        self.limits = limits
        self.deadline = time.monotonic() + limits.page_seconds
        self.parts: list[str] = []
        self.silent: list[str] = []
        self.lists: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element: a line of its own for a block, a number for an item of a list."""
        self._in_time()
        if tag in SILENT:
            self._not_beyond(len(self.silent))
            self.silent.append(tag)
        given = dict(attrs)
        if tag in {"ol", "ul"}:
            self._not_beyond(len(self.lists))
            style = (given.get("type") or "1") if tag == "ol" else "-"
            start = given.get("start") or "1"
            self.lists.append((style, int(start) if start.isdecimal() and len(start) < 5 else 1))
        if tag in _BLOCKS:
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append(f"\n{self._label()} ")

    def handle_endtag(self, tag: str) -> None:
        """End an element; an end without a beginning is passed over."""
        if tag in self.silent:
            while self.silent.pop() != tag:
                pass
        if tag in {"ol", "ul"} and self.lists:
            self.lists.pop()
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self._in_time()
        if not self.silent:
            self.parts.append(re.sub(r"\s+", " ", data))

    def _not_beyond(self, depth: int) -> None:
        """Stop a page whose parts lie in each other without end."""
        if depth >= _MOST_DEPTH:
            raise UnreadableDocument(f"{self.name} nests its parts beyond any document")

    def _in_time(self) -> None:
        """Stop a page of broken tags, each of which the parser follows to the end of the page."""
        if time.monotonic() > self.deadline:
            raise UnreadableDocument(
                f"{self.name}: reading took longer than {self.limits.page_seconds:g} s; "
                "save what the page shows as text"
            )

    def _label(self) -> str:
        if not self.lists:
            return "-"
        style, number = self.lists[-1]
        self.lists[-1] = style, number + 1
        return "-" if style == "-" else f"{printed_number(style, number)}."


def html_text(page: str, name: str, limits: ReadingLimits = LIMITS) -> str:
    r"""Return the text that a web page shows.

    Raises: UnreadableDocument for a page that is no document.

    >>> html_text("<ol type=a><li>One<li>Two</ol>", "page.html")
    'a. One\nb. Two'
    """
    shown = _Shown(name, limits)
    # A head that is never closed would silence the page; its end is told by the body.
    shown.feed(re.sub(r"(?i)<body", "</head><body", page, count=1))
    shown.close()
    text = re.sub(r"[ \t]+", " ", "".join(shown.parts))
    return re.sub(r" ?\n ?(?:\n ?)+", "\n\n", re.sub(r" ?\n ?", "\n", text)).strip()
