"""Read the text of a web page: what is shown, with the numbers of its lists."""

import re
import time
from html.parser import HTMLParser

from loaders.documents.files.limits import LIMITS, ReadingLimits
from loaders.documents.files.marks import SUPERSCRIPTS, Manner, aside, unmarked
from loaders.documents.files.table_rows import row_text
from loaders.documents.text.numbers import printed_number
from ontology.errors import UnreadableDocument

SILENT = frozenset({"script", "style", "noscript", "template", "nav", "svg", "head", "form"})
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset"}
    | {"figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"}
    | {"main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"}
)
_CELL, _ROW_END = "\x1d", "\x1c"
"""Signs in place of the edges of cells and rows while a page is read; no text has them."""

_IN_TABLE = {"tr": _ROW_END, "td": _CELL, "th": _CELL}
_ROW = re.compile(rf"{_ROW_END}\s*{_CELL}(?P<cells>[^{_ROW_END}]*)(?={_ROW_END})")
_MOST_DEPTH = 200
"""Lists within lists, or silent parts within such, beyond which a page is not a document."""


_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
"""Elements that hold nothing and are never closed."""

_CLOSED_BY_NEXT = frozenset({"p", "li", "dt", "dd", "td", "th", "tr", "option"})
"""Elements that end where the next of their kind begins."""

_STRUCK = frozenset({"del", "s", "strike"})
_STRUCK_STYLE = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LIST_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]*?\b((?:lower|upper)-(?:alpha|latin|roman)|decimal)",
    re.IGNORECASE,
)
_TYPES = {"decimal": "1", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A",
          "upper-latin": "A", "lower-roman": "i", "upper-roman": "I"}  # fmt: skip
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE_SELECTOR = re.compile(r"(?:[a-z]\w*)?(?:[.#][\w-]+)?", re.IGNORECASE)
_SHOWN_FIELDS = frozenset({"", "text", "date", "number", "email", "tel", "url", "search", "month"})
"""Types of fields whose value a reader sees."""


def _rules(page: str) -> dict[str, Manner]:
    """Return the simple selectors of a page's own style whose words are hidden or struck out."""
    found: dict[str, Manner] = {}
    for style in re.findall(r"<style[^>]*>([^<]*)", page, re.IGNORECASE):
        for selectors, body in _RULE.findall(style):
            manner = _manner_of_style(body)
            for selector in selectors.split(","):
                if manner and _SIMPLE_SELECTOR.fullmatch(selector.strip()):
                    found[selector.strip().casefold()] = manner
    return found


def _list_styles(page: str) -> dict[str, str]:
    """Return the simple selectors of a page's own style that say how lists are numbered."""
    found: dict[str, str] = {}
    for style in re.findall(r"<style[^>]*>([^<]*)", page, re.IGNORECASE):
        for selectors, body in _RULE.findall(style):
            if numbered := _LIST_STYLE.search(body):
                names = (selector.strip().casefold() for selector in selectors.split(","))
                found |= dict.fromkeys(names, _TYPES[numbered[1].casefold()])
    return found


def _manner_of_style(style: str) -> Manner | None:
    if _HIDDEN_STYLE.search(style):
        return "hidden"
    return "struck out" if _STRUCK_STYLE.search(style) else None


def _selectors(tag: str, given: dict[str, str]) -> list[str]:
    """Return the simple selectors that an element fits, the widest first."""
    names = [f".{name}" for name in given.get("class", "").split()]
    names += [f"#{given['id']}"] if given.get("id") else []
    return [each.casefold() for each in (tag, *names, *(f"{tag}{name}" for name in names))]


class _Shown(HTMLParser):
    """Gathers the text that a reader of the page sees, and marks what the reader does not.

    In: `silent` are elements of which nothing is read.
    """

    def __init__(
        self,
        name: str,
        limits: ReadingLimits,
        rules: dict[str, Manner],
        silent: frozenset[str],
        lists: dict[str, str],
    ) -> None:
        super().__init__(convert_charrefs=True)
        self.name = name
        self.limits = limits
        self.rules = rules
        self.never = silent
        self.deadline = time.process_time() + limits.page_seconds
        self.parts: list[str] = []
        self.silent: list[tuple[str, Manner | None]] = []
        self.raised = 0
        self.lists: list[tuple[str, int]] = []
        self.list_styles = lists

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element: a line of its own for a block, a number for an item of a list."""
        self._in_time()
        given = {name: words or "" for name, words in attrs}
        if tag in _VOID:
            self._void(tag, given)
            return
        self._silence(tag, given)
        self.raised += tag == "sup"
        if tag in {"ol", "ul"}:
            self._not_beyond(len(self.lists))
            style = self._numbering(tag, given) if tag == "ol" else "-"
            start = given.get("start") or "1"
            self.lists.append((style, int(start) if start.isdecimal() and len(start) < 5 else 1))
        if tag in _BLOCKS:
            self.parts.append(_IN_TABLE.get(tag, "\n"))
        elif tag == "li" and not self.silent:
            self.parts.append(f"\n{self._label(given)} ")

    def _void(self, tag: str, given: dict[str, str]) -> None:
        """Read an element that holds nothing: the end of a line, a field with its value."""
        if tag in _BLOCKS:
            self.parts.append("\n")
        shown = tag == "input" and given.get("type", "").casefold() in _SHOWN_FIELDS
        if shown and not self.silent and not self._manner(tag, given):
            self.parts.append(unmarked(given.get("value", "")))

    def _silence(self, tag: str, given: dict[str, str]) -> None:
        """Begin an element whose words are not read, or one within such an element."""
        if self.silent and tag in _CLOSED_BY_NEXT and self.silent[-1][0] == tag:
            self.silent.pop()
        manner = self._manner(tag, given)
        within = bool(self.silent) and any(tag == name for name, _ in self.silent)
        if tag in self.never or manner or within:
            self._not_beyond(len(self.silent))
            inherited = self.silent[-1][1] if self.silent else None
            self.silent.append((tag, inherited if within else manner))

    def _manner(self, tag: str, given: dict[str, str]) -> Manner | None:
        """Return why the words of an element do not stand."""
        if "hidden" in given and given["hidden"] != "until-found":
            return "hidden"
        if tag in _STRUCK:
            return "struck out"
        own = _manner_of_style(given.get("style", ""))
        if own or not self.rules:
            return own
        selectors = _selectors(tag, given)
        return next((self.rules[each] for each in selectors if each in self.rules), None)

    def _numbering(self, tag: str, given: dict[str, str]) -> str:
        """Return how an ordered list is numbered: by its own words or the page's style."""
        own = _LIST_STYLE.search(given.get("style", ""))
        if own:
            return _TYPES[own[1].casefold()]
        named = [self.list_styles.get(each) for each in reversed(_selectors(tag, given))]
        return next((style for style in (given.get("type"), *named) if style), "1")

    def handle_endtag(self, tag: str) -> None:
        """End an element; an end without a beginning is passed over."""
        if any(tag == name for name, _ in self.silent):
            while self.silent.pop()[0] != tag:
                pass
        self.raised -= tag == "sup" and self.raised > 0
        if tag in {"ol", "ul"} and self.lists:
            self.lists.pop()
        if tag in _BLOCKS:
            self.parts.append(_ROW_END if tag in {"tr", "table"} else "\n")

    def handle_data(self, data: str) -> None:
        self._in_time()
        words = re.sub(r"\s+", " ", unmarked(data))
        if self.raised:
            words = words.translate(SUPERSCRIPTS)
        if not self.silent:
            self.parts.append(words)
        elif all(manner for _, manner in self.silent):
            self.parts.append(aside(self.silent[-1][1] or "hidden", words))

    def _not_beyond(self, depth: int) -> None:
        """Stop a page whose parts lie in each other without end."""
        if depth >= _MOST_DEPTH:
            raise UnreadableDocument(f"{self.name} nests its parts beyond any document")

    def _in_time(self) -> None:
        """Stop a page of broken tags, each of which the parser follows to the end of the page."""
        if time.process_time() > self.deadline:
            raise UnreadableDocument(
                f"{self.name}: reading took longer than {self.limits.page_seconds:g} s; "
                "save what the page shows as text"
            )

    def _label(self, given: dict[str, str]) -> str:
        if not self.lists:
            return "-"
        style, number = self.lists[-1]
        own = given.get("value", "")
        number = int(own) if own.isdecimal() and len(own) < 5 else number
        self.lists[-1] = style, number + 1
        if style == "-":
            return "-"
        # Numbers within numbers go by the whole path, so that the outer list counts on.
        outer = [str(last - 1) for kind, last in self.lists[:-1] if kind == "1"]
        path = outer if style == "1" and len(outer) == len(self.lists) - 1 else []
        return ".".join([*path, str(number)]) if path else f"{printed_number(style, number)}."


_MARKED_SECTION = re.compile(r"<!\[[^>]*(?<!--)(?:>|\Z)")
"""A mark of other programs, which the parser takes for a fault; browsers pass it over."""


def html_text(page: str, name: str, limits: ReadingLimits = LIMITS) -> str:
    r"""Return the text that a web page shows, with marks around what it holds and does not show.

    Raises: UnreadableDocument for a page that is no document.

    >>> html_text("<ol type=a><li>One<li>Two</ol>", "page.html")
    'a. One\nb. Two'
    """
    # A head that is never closed would silence the page; its end is told by the body.
    whole = re.sub(
        r"(?i)<body", "</head><body", _MARKED_SECTION.sub("", page.lstrip("\ufeff")), count=1
    )
    shown = ""
    # Some sites wrap the whole page in a form; then what it holds is the page.
    for silent in (SILENT, SILENT - {"form"}):
        reader = _Shown(name, limits, _rules(page), silent, _list_styles(page))
        reader.feed(whole)
        reader.close()
        shown = re.sub(r"[ \t]+", " ", "".join(reader.parts))
        if shown.strip():
            break
    shown = _ROW.sub(_as_row, re.sub(r" ?\n ?", "\n", shown)).replace(_ROW_END, "\n")
    return re.sub(r" ?\n ?(?:\n ?)+", "\n\n", shown.replace(_CELL, "\n")).strip()


def _as_row(row: re.Match[str]) -> str:
    cells = row["cells"].split(_CELL)
    return f"\n\n{row_text([cell.split(chr(10)) for cell in cells])}\n"
