"""Read the text of a Word document: the words that stand, with the numbers that Word makes."""

from __future__ import annotations

import lzma
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from xml.etree import ElementTree

from loaders.documents.files.limits import ReadingLimits
from loaders.documents.files.marks import SUPERSCRIPTS, Manner, aside, text_and_asides
from loaders.documents.files.table_rows import row_text
from loaders.documents.files.word_numbers import Numbers, Styles, W, is_on, value
from ontology.errors import UnreadableDocument

_MAIN = "word/document.xml"
_PACKAGE = "_rels/.rels"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_STRICT_TAG = f"{{{_STRICT}}}"
_IMAGES = frozenset({"blip", "imagedata", "OLEObject"})
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""What holds the words of the element before it for older programs."""

_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    LookupError,
    OSError,
    ValueError,
    lzma.LZMAError,
    zlib.error,
)
"""What a damaged archive makes the standard library raise, by the way that it is packed."""


_MOST_DEPTH = 300
"""Elements within elements beyond which no program writes a document."""


MOST_ELEMENTS = 1_500_000
"""Elements beyond which no document is written; one of four hundred pages has a tenth of them."""


class _Shallow(ElementTree.TreeBuilder):
    """Builds a tree of XML that is not nested beyond any document, with the usual names of Word."""

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
        if tag.startswith(_STRICT_TAG):
            tag = tag.replace(_STRICT_TAG, W)
            attrs = {key.replace(_STRICT_TAG, W): given for key, given in attrs.items()}
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ElementTree.Element:
        self.depth -= 1
        return super().end(tag.replace(_STRICT_TAG, W))

    def doctype(self, name: str, _public: str | None, _system: str | None) -> None:
        """Stop: Word never writes a document type; an entity in one can grow without end."""
        raise UnreadableDocument(f"{self.name} is not a Word document as Word writes it ({name})")


def docx_text(content: bytes, name: str, limits: ReadingLimits) -> str:
    """Return the text of a document, one paragraph a line, with marks around what is no text.

    Raises: UnreadableDocument for one that is broken or beyond a limit, and for another archive.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            package = _Package(archive, name, limits)
            main = package.main()
            if main is None:
                raise UnreadableDocument(f"{name} is {_other_archive(archive.namelist())}")
            return _Document(package, main).text()
    except zipfile.BadZipFile as error:
        raise UnreadableDocument(f"{name} is a broken archive ({error}); save it anew") from None
    except _BROKEN as error:
        if "encrypted" in str(error):
            raise UnreadableDocument(
                f"{name} is encrypted; save a copy without a password"
            ) from None
        raise UnreadableDocument(f"{name} is a broken Word document: {error}") from None


_OTHER_ARCHIVES: dict[str, str] = {
    "content.xml": "an OpenDocument file; save it as DOCX or PDF",
    "xl/workbook.xml": "a workbook of Excel, which is no document; save the text as DOCX or PDF",
    "ppt/presentation.xml": "a presentation; save it as PDF",
    "META-INF/container.xml": "an electronic book; save it as PDF",
}
"""Parts by which other archives are told."""


def _other_archive(names: list[str]) -> str:
    known = (advice for part, advice in _OTHER_ARCHIVES.items() if part in names)
    return next(known, "an archive without a Word document in it")


@dataclass
class _Package:
    """The parts of a Word document, found by what they are to each other, not by their names."""

    archive: zipfile.ZipFile
    name: str
    limits: ReadingLimits

    def main(self) -> str | None:
        """Return the name of the part that holds the document; None where there is none."""
        named = self.related("", _PACKAGE, "officeDocument").get("officeDocument", [])
        words = [part for part in named if part.startswith("word/") or part.endswith(".xml")]
        present = set(self.archive.namelist())
        for part in [*words, _MAIN]:
            if part in present and not part.startswith(("xl/", "ppt/")):
                return part
        return None

    def related(self, folder: str, relations: str, *kinds: str) -> dict[str, list[str]]:
        """Return the parts that another one names, by their kinds."""
        found: dict[str, list[str]] = {}
        part = self.part(relations)
        for relation in part if part is not None else ():
            kind = (relation.get("Type") or "").rpartition("/")[2]
            if kind in kinds and relation.get("TargetMode") != "External":
                target = posixpath.join("/", folder, relation.get("Target") or "")
                found.setdefault(kind, []).append(posixpath.normpath(target).lstrip("/"))
        return found

    def part(self, part: str) -> ElementTree.Element | None:
        """Return a part as XML, or None if there is none.

        Raises: UnreadableDocument if it unpacks to too much, declares entities or is not XML.
        """
        if part not in self.archive.namelist():
            return None
        with self.archive.open(part) as stream:
            content = stream.read(self.limits.unpacked_bytes + 1)
        if len(content) > self.limits.unpacked_bytes:
            raise UnreadableDocument(
                f"{self.name} unpacks to more than {self.limits.unpacked_bytes:,} bytes; "
                "no more are read"
            )
        try:
            parser = ElementTree.XMLParser(target=_Shallow(self.name))
            return ElementTree.fromstring(content, parser)
        except ElementTree.ParseError as error:
            raise UnreadableDocument(f"{self.name} is a broken Word document: {error}") from None


_BESIDE = ("numbering", "styles", "footnotes", "endnotes")
_AT_EDGES = ("header", "footer")
_NOTES: dict[str, Manner] = {"footnoteReference": "a footnote", "endnoteReference": "an endnote"}


class _Document:
    """A Word document while its text is read."""

    def __init__(self, package: _Package, main: str) -> None:
        """Read the parts that the words rest on."""
        folder, _, file = main.rpartition("/")
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        parts = package.related(folder, relations, *_BESIDE, *_AT_EDGES)
        beside = {
            kind: package.part(parts.get(kind, [posixpath.join(folder, f"{kind}.xml")])[0])
            for kind in _BESIDE
        }
        self.body = package.part(main)
        self.edges = [package.part(part) for kind in _AT_EDGES for part in parts.get(kind, [])]
        self.styles = Styles(beside["styles"])
        self.numbers = Numbers(beside["numbering"], self.styles)
        self.notes = {
            (kind, note.get(f"{W}id")): _plain(note)
            for kind in ("footnote", "endnote")
            for note in _each(beside[f"{kind}s"], f"{W}{kind}")
        }

    def text(self) -> str:
        """Return the paragraphs, then what stands at the edges of pages, once each."""
        nodes = _nodes(self.body, {_FALLBACK}) if self.body is not None else ()
        lines = list(self._lines([node for node in nodes if node.tag == f"{W}p"]))
        words = dict.fromkeys(_plain(edge) for edge in self.edges if edge is not None)
        edges = (aside("a header or footer", edge) for edge in words if _is_told(edge))
        return "\n".join(lines) + "".join(edges)

    def _lines(self, paragraphs: Sequence[ElementTree.Element]) -> Iterator[str]:
        """Yield the lines of paragraphs; those of a row of a table are one line."""
        cells: dict[int, tuple[int, int]] = {}
        for row_number, row in enumerate(_each(self.body, f"{W}tr")):
            for cell_number, cell in enumerate(row.findall(f"{W}tc")):
                for paragraph in cell.iter(f"{W}p"):
                    cells[id(paragraph)] = row_number, cell_number
        in_row = groupby(paragraphs, lambda paragraph: cells.get(id(paragraph), (-1, -1))[0])
        for row_number, group in in_row:
            if row_number < 0:
                yield from map(self._line, group)
                continue
            in_cell = groupby(group, lambda paragraph: cells[id(paragraph)][1])
            yield row_text([list(map(self._line, inner)) for _, inner in in_cell])

    def _line(self, paragraph: ElementTree.Element) -> str:
        """Return a paragraph with its number; one that Word does not show at all has none."""
        properties = paragraph.find(f"{W}pPr")
        mark = properties.find(f"{W}rPr") if properties is not None else None
        words = "".join(self._pieces(paragraph, value(properties, f"{W}pStyle")))
        gone = mark is not None and any(mark.find(tag) is not None for tag in _DELETED)
        if (gone or is_on(mark, "vanish")) and not text_and_asides(words)[0].strip():
            return words
        label = self.numbers.label(properties)
        return f"{label} {words}" if label and words.strip() else words

    def _pieces(self, paragraph: ElementTree.Element, style: str | None) -> Iterator[str]:
        """Yield the text of a paragraph; that of a box within it is a paragraph of its own."""
        leaves = _DELETED | {f"{W}r"}
        for node in _nodes(paragraph, {_FALLBACK, f"{W}p"}, leaves):
            if node.tag in _DELETED:
                yield aside("deleted", _plain(node))
            elif node.tag == f"{W}r":
                manner = self._manner(node.find(f"{W}rPr"), style)
                words = "".join(self._run(node))
                yield aside(manner, words) if manner and words.strip() else words

    def _manner(self, own: ElementTree.Element | None, style: str | None) -> Manner | None:
        """Return why the words of a run do not stand, by its own properties or its styles."""
        layers = [own]
        for identifier in (value(own, f"{W}rStyle"), style or self.styles.default):
            layers += [found.find(f"{W}rPr") for _, found in self.styles.chain(identifier)]
        for name, manner in _MANNERS.items():
            said = (is_on(layer, name) for layer in layers)
            if next((on for on in said if on is not None), False):
                return manner
        return None

    def _run(self, run: ElementTree.Element) -> Iterator[str]:
        """Yield the text of a run; raised digits are marks of notes, no digits of a number."""
        raised = value(run, f"{W}rPr/{W}vertAlign") == "superscript"
        for node in _nodes(run, {_FALLBACK, f"{W}p"}):
            name = node.tag.rpartition("}")[2]
            if node.tag == f"{W}t":
                words = node.text or ""
                yield words.translate(SUPERSCRIPTS) if raised else words
            elif node.tag in _SIGNS:
                yield _SIGNS[node.tag]
            elif name in _NOTES:
                kind = name.removesuffix("Reference")
                yield aside(_NOTES[name], self.notes.get((kind, node.get(f"{W}id")), ""))
            elif name in _IMAGES:
                yield aside("a picture")


_MANNERS: dict[str, Manner] = {
    "strike": "struck out",
    "dstrike": "struck out",
    "vanish": "hidden",
}
_SIGNS: dict[str, str] = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}


def _is_told(edge: str) -> bool:
    """Return whether what stands at the edge of a page says more than its number."""
    return bool(set(re.findall(r"[a-z]+", edge.casefold())) - {"page", "of"})


def _plain(element: ElementTree.Element) -> str:
    """Return the words of an element, whatever becomes of them."""
    texts = {f"{W}t", f"{W}delText"}
    return " ".join(
        "".join(node.text or "" if node.tag in texts else " " for node in element.iter()).split()
    )


def _each(part: ElementTree.Element | None, tag: str) -> Iterator[ElementTree.Element]:
    return part.iter(tag) if part is not None else iter(())


def _nodes(
    element: ElementTree.Element, closed: Set[str], leaves: Set[str] = frozenset()
) -> Iterator[ElementTree.Element]:
    """Yield what stands in an element, in order.

    In: tags that are passed over, and those whose own content is not looked into.
    """
    waiting = list(reversed(element))
    while waiting:
        node = waiting.pop()
        if node.tag not in closed:
            yield node
            if node.tag not in leaves:
                waiting.extend(reversed(node))
