"""Read the text of a Word document, with the numbers that Word makes and does not store."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

from loaders.documents.files.limits import ReadingLimits
from loaders.documents.text.numbers import printed_number
from ontology.errors import UnreadableDocument

DOCX_PART = "word/document.xml"
_NUMBERING_PART = "word/numbering.xml"
_STYLES_PART = "word/styles.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NOT_THERE = frozenset(
    {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
    | {f"{_W}del", f"{_W}moveFrom"}
)
"""What holds the words of the element before it for older programs, or words moved elsewhere."""

_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
)


_MOST_DEPTH = 300
"""Elements within elements beyond which no program writes a document."""


MOST_ELEMENTS = 1_500_000
"""Elements beyond which no document is written; one of four hundred pages has a tenth of them."""

_DEEPEST_LEVEL = 8
"""The deepest level of a list in Word, the first being 0."""


class _Shallow(ElementTree.TreeBuilder):
    """Builds a tree of XML that is not nested beyond any document."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.depth = 0
        self.number = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> ElementTree.Element:
        self.depth += 1
        self.number += 1
        if self.number > MOST_ELEMENTS:
            raise UnreadableDocument(f"{self.name} has more parts than a document may have")
        if self.depth > _MOST_DEPTH:
            raise UnreadableDocument(f"{self.name} is nested more deeply than a document may be")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ElementTree.Element:
        self.depth -= 1
        return super().end(tag)


def is_zip_with(content: bytes, part: str) -> bool:
    """Return whether the content is an archive that holds a part."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return part in archive.namelist()
    except _BROKEN:
        return False


def docx_text(content: bytes, name: str, limits: ReadingLimits) -> str:
    """Return the text of a document, one paragraph a line.

    Raises: UnreadableDocument for one that is broken or beyond a limit.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = {
                part: _part(archive, part, name, limits)
                for part in archive.namelist()
                if part in {DOCX_PART, _NUMBERING_PART, _STYLES_PART}
            }
        numbers = _Numbers(parts.get(_NUMBERING_PART), parts.get(_STYLES_PART))
        nodes = _nodes(parts[DOCX_PART], _NOT_THERE)
        return "\n".join(_line(node, numbers) for node in nodes if node.tag == f"{_W}p")
    except _BROKEN as error:
        raise UnreadableDocument(f"{name} is a broken Word document: {error}") from None


def _part(
    archive: zipfile.ZipFile, part: str, name: str, limits: ReadingLimits
) -> ElementTree.Element:
    """Return one part as XML.

    Raises: UnreadableDocument if it unpacks to too much, declares entities or is not XML.
    """
    with archive.open(part) as stream:
        content = stream.read(limits.unpacked_bytes + 1)
    if len(content) > limits.unpacked_bytes:
        raise UnreadableDocument(
            f"{name} unpacks to more than {limits.unpacked_bytes:,} bytes; no more are read"
        )
    # Word never writes a document type; an entity in one can grow without end.
    if b"<!DOCTYPE" in content:
        raise UnreadableDocument(f"{name} is not a Word document as Word writes it")
    try:
        return ElementTree.fromstring(content, ElementTree.XMLParser(target=_Shallow(name)))
    except ElementTree.ParseError as error:
        raise UnreadableDocument(f"{name} is a broken Word document: {error}") from None


def _value(element: ElementTree.Element | None, path: str) -> str | None:
    child = element.find(path) if element is not None else None
    return child.get(f"{_W}val") if child is not None else None


def _line(paragraph: ElementTree.Element, numbers: _Numbers) -> str:
    label = numbers.label(paragraph.find(f"{_W}pPr"))
    words = "".join(_pieces(paragraph))
    return f"{label} {words}" if label and words.strip() else words


def _nodes(element: ElementTree.Element, closed: frozenset[str]) -> Iterator[ElementTree.Element]:
    """Yield what stands in an element, in order, but nothing of elements that are closed."""
    waiting = list(reversed(element))
    while waiting:
        node = waiting.pop()
        if node.tag not in closed:
            yield node
            waiting.extend(reversed(node))


def _pieces(paragraph: ElementTree.Element) -> Iterator[str]:
    """Yield the text of a paragraph; that of a box within it is a paragraph of its own.

    Text that was struck out by a reviser is not there.
    """
    for node in _nodes(paragraph, _NOT_THERE | {f"{_W}p"}):
        if node.tag == f"{_W}t":
            yield node.text or ""
        elif node.tag == f"{_W}tab":
            yield "\t"
        elif node.tag in {f"{_W}br", f"{_W}cr"}:
            yield "\n"


class _Numbers:
    """The running numbers of a document's lists."""

    def __init__(
        self, numbering: ElementTree.Element | None, styles: ElementTree.Element | None
    ) -> None:
        """Read how each list is numbered, and which styles number their paragraphs."""
        self.levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self.counts: dict[tuple[str, int], int] = {}
        self.styles: dict[str, tuple[str, int]] = {}
        if numbering is not None:
            self._read(numbering)
        for style in styles.iter(f"{_W}style") if styles is not None else ():
            number = _value(style, f"{_W}pPr/{_W}numPr/{_W}numId")
            if number:
                depth = _value(style, f"{_W}pPr/{_W}numPr/{_W}ilvl") or "0"
                self.styles[style.get(f"{_W}styleId") or ""] = number, int(depth)

    def _read(self, numbering: ElementTree.Element) -> None:
        """Read the form and the first number of each level of each list."""
        forms: dict[str, dict[int, tuple[str, str, int]]] = {}
        for abstract in numbering.iter(f"{_W}abstractNum"):
            levels = forms.setdefault(abstract.get(f"{_W}abstractNumId") or "", {})
            for level in abstract.iter(f"{_W}lvl"):
                start = _value(level, f"{_W}start") or "1"
                levels[int(level.get(f"{_W}ilvl") or 0)] = (
                    _value(level, f"{_W}numFmt") or "decimal",
                    _value(level, f"{_W}lvlText") or "",
                    int(start),
                )
        for number in numbering.iter(f"{_W}num"):
            identifier = number.get(f"{_W}numId") or ""
            for depth, form in forms.get(_value(number, f"{_W}abstractNumId") or "", {}).items():
                self.levels[identifier, depth] = form

    def label(self, properties: ElementTree.Element | None) -> str:
        """Return the label of the next paragraph with these properties; empty for none."""
        number = _value(properties, f"{_W}numPr/{_W}numId")
        depth = int(_value(properties, f"{_W}numPr/{_W}ilvl") or 0)
        if number is None:
            number, depth = self.styles.get(_value(properties, f"{_W}pStyle") or "", ("0", 0))
        if (number, depth) not in self.levels:
            return ""
        form, pattern, start = self.levels[number, depth]
        self.counts[number, depth] = self.counts.get((number, depth), start - 1) + 1
        for deeper in [key for key in self.counts if key[0] == number and key[1] > depth]:
            del self.counts[deeper]
        if form == "bullet":
            return "•"
        for level in range(min(depth, _DEEPEST_LEVEL) + 1):
            own = self.levels.get((number, level), ("decimal", "", 1))
            count = self.counts.get((number, level), own[2])
            pattern = pattern.replace(f"%{level + 1}", printed_number(own[0], count))
        return pattern.strip()
