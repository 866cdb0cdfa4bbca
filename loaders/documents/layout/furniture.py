"""Recognise what stands on the pages of a document but is not part of its sentences."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.documents.files.fixed_text import FixedText
from loaders.documents.text import patterns_beside

_EDGE_LINES = 4
"""Lines at the head and the foot of a page among which running heads are looked for."""

_REPEATED = 3
"""Pages on which a line must stand to be a running head."""

_LONGEST_RUNNING_HEAD = 140

_ALWAYS = patterns_beside(__name__)
"""Lines that are never part of a sentence, wherever they stand."""

_FOOT = re.compile(r"[A-Z][^.;:]{2,60}?\s{4,}\d{1,3}|\d{1,3}\s{4,}[A-Z][^.;:]{2,60}")
_BARE_NUMBER = re.compile(r"\d{1,3}")


@dataclass(frozen=True)
class Furniture:
    """A range of the fixed text that is left out of sentences, and why."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Line:
    """One line of the fixed text, without its line break."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """The character after the last one."""
        return self.start + len(self.text)

    @property
    def words(self) -> str:
        """The text without white space around it."""
        return self.text.strip()

    @property
    def first(self) -> int:
        """The first character that is not white space."""
        return self.start + len(self.text) - len(self.text.lstrip())


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text; a page break ends a line too."""
    return [Line(match.start(), match[0]) for match in re.finditer(r"[^\r\n\f]*", text) if match[0]]


def furniture_of(document: FixedText) -> list[Furniture]:
    """Return what is left out of sentences, in the order of the text."""
    lines = lines_of(document.text)
    furniture = {line.start: Furniture(line.first, line.end, kind) for line, kind in _fixed(lines)}
    for line in _running(document, lines):
        furniture.setdefault(line.start, Furniture(line.first, line.end, "running head"))
    if document.form != "pdf":
        for line in [*_lonely_numbers(document.text, lines), *_feet_in_sentences(lines)]:
            furniture.setdefault(line.start, Furniture(line.first, line.end, "page number"))
    return [furniture[start] for start in sorted(furniture)]


def _fixed(lines: list[Line]) -> Iterator[tuple[Line, str]]:
    for line in lines:
        words = re.sub(r"^[#*>\s]+|[*\s]+$", "", line.text)
        for kind, pattern in _ALWAYS.items():
            if pattern.fullmatch(words):
                yield line, kind
                break


def _running(document: FixedText, lines: list[Line]) -> Iterator[Line]:
    """Yield the heads and feet that most pages share, and the bare numbers of pages."""
    starts = document.page_starts
    if len(starts) < 2:
        return
    edges = [_edges(page) for page in _pages(lines, starts)]
    counted = Counter(shape for page in edges for shape in {_shape(line) for line in page})
    enough = max(2, min(_REPEATED, len(starts) // 2))
    for page in edges:
        for line in page:
            shared = counted[_shape(line)] >= enough
            numbered = _BARE_NUMBER.fullmatch(line.words) and line in (page[0], page[-1])
            if numbered or (shared and len(line.words) <= _LONGEST_RUNNING_HEAD):
                yield line


def _pages(lines: list[Line], starts: list[int]) -> list[list[Line]]:
    pages: list[list[Line]] = [[] for _ in starts]
    number = 0
    for line in lines:
        while number + 1 < len(starts) and line.start >= starts[number + 1]:
            number += 1
        if line.words:
            pages[number].append(line)
    return pages


def _edges(page: list[Line]) -> list[Line]:
    if len(page) <= 2 * _EDGE_LINES:
        return page
    return page[:_EDGE_LINES] + page[-_EDGE_LINES:]


def _shape(line: Line) -> str:
    """Return what makes two running heads the same: the words without the numbers."""
    return re.sub(r"\d+", "0", " ".join(line.words.casefold().split()))


def _feet_in_sentences(lines: list[Line]) -> Iterator[Line]:
    """Yield short titles with a page number at the far end of the line that break a sentence."""
    full = [line for line in lines if line.words]
    for before, line, after in zip(full, full[1:], full[2:], strict=False):
        broken = before.words[-1] not in ".;:," and after.words[:1].islower()
        if broken and _FOOT.fullmatch(line.words):
            yield line


def _lonely_numbers(text: str, lines: list[Line]) -> Iterator[Line]:
    """Yield bare numbers that stand alone between blank lines and break nothing but a page."""
    for line in lines:
        alone = _BARE_NUMBER.fullmatch(line.words) is not None
        if not alone:
            continue
        before, after = text[: line.start], text[line.end :]
        blank_before = re.search(r"\n[ \t]*\r?\n[ \t]*$", before) or not before.strip()
        blank_after = re.match(r"[ \t]*\r?\n[ \t]*\r?\n", after) or not after.strip()
        if blank_before and blank_after:
            yield line
