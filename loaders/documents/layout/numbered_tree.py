"""Read a document as a tree of numbered items, each with its label as printed and its range.

Numbers get lost, lists are glued together, (i) may be a letter or a roman number: what decides is
which number each open list expects next, and which number follows later.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.documents.files.fixed_text import FixedText
from loaders.documents.layout.furniture import Furniture, furniture_of, lines_of
from loaders.documents.layout.markers import (
    ItemPlace,
    Level,
    Piece,
    choose,
    number_of_bullet,
    pieces_of,
)
from loaders.documents.layout.sections import Section, goes_on_with_date, section_of
from loaders.documents.layout.signature_lines import signature_line
from loaders.documents.text.numbers import LabelReading, printed_number
from loaders.documents.text.view import View, view_of

_ENDINGS = (".", ";", ",", ":", "; and", "; or", ", and", ", or")
_OF_ITSELF = re.compile(r"(?:this|these) (?:directions?|instrument|notice) \w", re.IGNORECASE)
_LONGEST_HEADING = 60
# takes (fullmatch): "by 31 March 2009"
# leaves (fullmatch): "by 31 March 2009 it must report"
LIMIT_LINE = re.compile(
    r"\W*(?:to be (?:done|completed?) )?(?:by|within|before|no(?:t)? later than|at)"
    r" (?:(?!\b(?:must|shall|is|will)\b)[\w',' -]){3,50}:?",
    re.IGNORECASE,
)
"""A line that says only by when what is below it is to be done."""

# takes (match): "Part A - things the Authority must do"
# leaves (match): "Part of the plan"
_HEADS_PART = re.compile(
    r"(?:part|chapter|table|schedule|section)\s+(?:(?-i:[A-Z])|\d{1,2}|(?-i:[IVX]+))\b(?!.*[.;,]$)",
    re.IGNORECASE,
)
# takes: "a report, as the Commissioner may reasonably require"
# leaves: "a report, as agreed"
_GLUED = re.compile(
    r"[,;]\s*(?=(?:which|that|as)\s+(?:appears?\b|(?:he|she|they|the\s+\w+)\s+"
    r"(?:may\s+)?(?:reasonably\s+)?(?:considers?|thinks?|requires?)\b))"
)
"""Where words that limit a whole list stand on the end of its last item."""


@dataclass
class Item:
    """An item of a document, or a stretch of it without a number.

    In: `label` is the path as printed, such as 7.d.ii; `printed` is empty where the text has lost
    it; `ranges` are the item's own words, `tail` those that follow its last child.
    """

    label: str
    section: str
    printed: str = ""
    start: int = 0
    ranges: list[tuple[int, int]] = field(default_factory=list)
    tail: list[tuple[int, int]] = field(default_factory=list)
    parent: Item | None = None
    children: list[Item] = field(default_factory=list)
    is_numbered: bool = False

    @property
    def end(self) -> int:
        """The character after the item's own words."""
        return max((end for _, end in self.ranges), default=self.start)

    def ancestors(self) -> list[Item]:
        """Return the items around this one, the nearest first."""
        return [] if self.parent is None else [self.parent, *self.parent.ancestors()]


@dataclass(frozen=True)
class Tree:
    """A document as its items, in order, with what was left out of its sentences."""

    document: FixedText
    items: Sequence[Item]
    furniture: Sequence[Furniture]
    _views: dict[int, View] = field(default_factory=dict, repr=False, compare=False)

    def view(self, item: Item) -> View:
        """Return an item's own words."""
        if id(item) not in self._views:
            self._views[id(item)] = view_of(self.document.text, item.ranges)
        return self._views[id(item)]

    def tail(self, item: Item) -> View:
        """Return the words that follow an item's last child."""
        return view_of(self.document.text, item.tail)


def read_tree(document: FixedText) -> Tree:
    """Return the tree of a document."""
    furniture = furniture_of(document)
    lines = lines_of(document.text)
    left_out = {piece.start for piece in furniture}
    skipped = {line.start for line in lines if line.first in left_out}
    pieces = pieces_of(lines, skipped, document.text, document.form == "docx")
    grown = _Growing(pieces, document.text)
    for index in range(len(pieces)):
        grown.add(index)
    _part_glued(document.text, grown.items)
    return Tree(document, grown.items, furniture)


class _Growing:
    """A tree while it is read, piece by piece."""

    def __init__(self, pieces: Sequence[Piece], text: str) -> None:
        self.pieces = pieces
        self.rows = {
            piece.start for piece in pieces if "\t" in text[piece.content : piece.end].strip()
        }
        self.items: list[Item] = []
        self.levels: list[Level] = []
        self.open: list[Item] = []
        self.section = Section("title", "title")
        self.signature = signature_line(pieces)
        self.parts: dict[str, int] = {}
        self.signing = ""

    def add(self, index: int) -> None:
        piece = self.pieces[index]
        opened = section_of(
            piece, self.section, index == self.signature, self._words(index - 1).endswith(_ENDINGS)
        )
        if opened is not None and (opened.name != self.section.name or opened.is_annex):
            self._open_section(opened, index)
        place = self._place(index)
        if place is not None:
            self._add_item(piece, place)
        else:
            self._add_words(index)

    def _open_section(self, section: Section, index: int) -> None:
        """Begin a section; an annex counts anew and goes by its own label."""
        self.section = section
        if section.restarts:
            self.levels, self.open = [], []
        elif section.name == "operative":
            depth = 1 if self._counts_on(index) else 0
            self.levels, self.open = self.levels[:depth], self.open[:depth]
        self._plain(section.label)

    def _counts_on(self, index: int) -> bool:
        """Return whether the operative part counts on from recitals; after letters it may not."""
        if not self.levels or self.levels[0].style == "arabic":
            return True
        level = self.levels[0]
        labelled = next((piece for piece in self.pieces[index:] if piece.label), None)
        wanted = LabelReading(level.style, level.number + 1)
        return labelled is not None and wanted in labelled.readings

    def _plain(self, label: str) -> Item:
        item = Item(label, self.section.name)
        self.items.append(item)
        return item

    def _place(self, index: int) -> ItemPlace | None:
        """Return where a piece stands in the tree, or None if it continues what is there."""
        piece = self.pieces[index]
        if not piece.is_marked or self.section.name == "signature":
            return None
        before = self.items[-1] if self.items else None
        colon = before is not None and self._words(index - 1).endswith(
            (":", "-", "including", "by")
        )
        if piece.label:
            place = choose(self.pieces, index, self.levels, colon)
            if place is not None or not piece.bullet:
                return place
        return number_of_bullet(self.pieces, index, self.levels, colon)

    def _words(self, index: int) -> str:
        return self.pieces[index].words if index >= 0 else ""

    def _add_item(self, piece: Piece, place: ItemPlace) -> None:
        if place.restart:
            self._restart()
        if place.above is not None:
            self._imply(place.above)
        self.levels = [*self.levels[: place.depth], place.level]
        self.open = self.open[: place.depth]
        parent = self.open[-1] if self.open else None
        own = printed_number(place.level.style, place.level.number)
        above = parent.label if parent else self.section.prefix
        item = Item(
            f"{above}.{own}" if above else own,
            self.section.name,
            piece.label if place.is_printed else "",
            piece.content,
            [(piece.content, piece.end)] if piece.content < piece.end else [],
            parent=parent,
            is_numbered=True,
        )
        if parent is not None:
            parent.children.append(item)
        self.open.append(item)
        self.items.append(item)

    def _imply(self, numbers: Sequence[int]) -> None:
        """Open the items around one whose label names them, though they have no words."""
        for depth, number in enumerate(numbers):
            level = Level("arabic", number, ".")
            before = self.levels[depth] if len(self.levels) > depth else None
            if before is not None and (before.style, before.number) == ("arabic", number):
                continue
            self.levels, self.open = [*self.levels[:depth], level], self.open[:depth]
            above = self.open[-1].label if self.open else self.section.prefix
            label = f"{above}.{number}" if above else str(number)
            parent = self.open[-1] if self.open else None
            self.open.append(Item(label, self.section.name, parent=parent))

    def _restart(self) -> None:
        """Begin to count anew where no heading says so."""
        self.levels, self.open = [], []
        number = self.parts[self.section.name] = self.parts.get(self.section.name, 1) + 1
        if self.section.name == "signature":
            self.section = Section("annex", "annex", "annex", True)
        else:
            prefix = f"part-{number}"
            self.section = Section(self.section.name, prefix, prefix, self.section.restarts)

    def _heads(self, index: int) -> bool:
        """Return whether words between two items are a heading: short, and no sentence."""
        words = self._words(index)
        after = self.pieces[index + 1] if index + 1 < len(self.pieces) else None
        short = len(words) < _LONGEST_HEADING and not words.endswith((".", ",", ";", ":"))
        return short and after is not None and (after.is_marked or after.blank_before)

    def _begins_anew(self, index: int) -> bool:
        """Return whether the first number after a heading is that of a new list."""
        after = next((piece for piece in self.pieces[index + 1 :] if piece.label), None)
        return bool(self.levels) and after is not None and after.label == "1"

    def _add_words(self, index: int) -> None:
        """Add words without a label to what they belong to."""
        piece = self.pieces[index]
        words = (piece.start, piece.end)
        if not self.items:
            self._plain(self.section.label)
        current = self.items[-1]
        apart_from = {piece.start, self.pieces[index - 1].start if index else -1}
        if self.section.name != "signature" and apart_from & self.rows and current.ranges:
            # A row of a table stands by itself, and what follows it begins anew.
            self._plain(self.section.label).ranges.append(words)
            return
        before = self._words(index - 1)
        ended = before.endswith(_ENDINGS) or not before
        if not current.is_numbered or self.section.name == "signature":
            signs = self.section.name == "signature"
            goes_on = signs and goes_on_with_date(self.signing, piece.words)
            self.signing = f"{self.signing} {piece.words}" if goes_on else piece.words
            alone = (piece.blank_before or signs) and not goes_on
            if alone and current.ranges:
                current = self._plain(self.section.label)
            current.ranges.append(words)
            return
        # What follows the last bullet of a list is no part of it.
        bulleted = not current.printed
        parent = current.parent if current.parent and current.parent.is_numbered else None
        follows = piece.blank_before and ended and piece.words[:1].islower()
        goes_on = parent is not None and bool(parent.tail) and parent.tail[-1][1] > current.end
        listed = bool(self.levels) and (self.levels[-1].style != "arabic" or bulleted)
        capital = piece.blank_before and piece.words[:1].isupper()
        apart = capital and (before.endswith(".") or (bulleted and not before.endswith((";", ","))))
        itself = capital and (_OF_ITSELF.match(piece.words) or _HEADS_PART.match(piece.words))
        limits = piece.blank_before and ended and LIMIT_LINE.fullmatch(piece.words)
        if itself or limits or (apart and (listed or self._heads(index))):
            bullets = not limits and not any(item.printed for item in self.open)
            if bullets or (_HEADS_PART.match(piece.words) and self._begins_anew(index)):
                self._restart()
            self._plain(self.section.label).ranges.append(words)
        elif parent is not None and (follows or goes_on):
            parent.tail.append(words)
        else:
            current.ranges.append(words)


def _part_glued(text: str, items: Sequence[Item]) -> None:
    """Give words that limit a whole list, but stand on its last item, to the list."""
    for item in items:
        parent = item.parent
        if (
            parent is None
            or not parent.is_numbered
            or len(parent.children) < 2
            or item is not parent.children[-1]
        ):
            continue
        glued = _GLUED.search(text, item.start, max(item.start, item.end))
        if glued:
            after = [(max(glued.end(), start), end) for start, end in item.ranges]
            before = [(start, min(glued.start() + 1, end)) for start, end in item.ranges]
            parent.tail = [*((start, end) for start, end in after if start < end), *parent.tail]
            item.ranges = [(start, end) for start, end in before if start < end]
