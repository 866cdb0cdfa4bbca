"""A document as rules read it: blocks of words with their labels, and who is who in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

from loaders.documents.find.dates import DateFound, dates_in
from loaders.documents.find.parties import Parties, PartyFound
from loaders.documents.find.provisions import (
    Definition,
    ProvisionFound,
    Statutes,
    definitions_in,
    provisions_in,
    read_known_statutes,
)
from loaders.documents.layout.numbered_tree import Item, Tree
from loaders.documents.text import patterns_beside
from loaders.documents.text.view import View

_SENTENCE_END = re.compile(r"(?<=[.;!?])(?<![ (][A-Z]\.)[\"')]?\s+(?=[\"'(]?[A-Z])")
_TWO_DAYS = re.compile(r"(?P<first>.*\d{4}) and (?P<last>.*\d{4})")

_PATTERNS = patterns_beside(__name__)
_DIRECTS = _PATTERNS["directs"]
"""The words by which a minister directs."""

# takes: "The Secretary of State makes these directions."
# leaves: "He makes these directions and directs the Council to report."
_GIVES = re.compile(
    r"^(?!.*\bdirects\b).*\b(?:makes|gives|issues) (?:the following|this|these) "
    r"(?:statutory )?directions?\b.*\.$",
    re.IGNORECASE | re.DOTALL,
)
_BINDS = _PATTERNS["binds"]
"""Words that direct and that the list of duties follows at once."""

TELLS = _PATTERNS["tells"]
"""The words by which a letter or memorandum tells of a direction made on its day."""

_EXPLAINS = _PATTERNS["explains"]


@dataclass(frozen=True)
class Block:
    """Words that stand together under one label: an item's own, or those after its children."""

    label: str
    section: str
    view: View
    item: Item
    is_tail: bool = False

    @property
    def start(self) -> int:
        """The first character, which no other block has."""
        return self.view.origin[0]

    @property
    def span(self) -> tuple[int, int]:
        """The first character and the length, by which no other block or part is known."""
        return self.start, len(self.text)

    @property
    def text(self) -> str:
        """The words as read."""
        return self.view.text

    def place(self, start: int = 0, end: int | None = None) -> dict[str, Any]:
        """Return a passage of the block: where it stands, and its words."""
        passage = self.view.passage(self.label, start, len(self.text) if end is None else end)
        return {"at": passage.at, "chars": passage.chars, "words": passage.words}

    def said(
        self, value: str, start: int = 0, end: int | None = None, **manner: str
    ) -> dict[str, Any]:
        """Return a statement of a value at a passage of the block."""
        return {"value": value, **self.place(start, end), **manner}

    @cached_property
    def cells(self) -> list[tuple[int, int]]:
        """The ranges of the cells, if the words are a row of a table; else none."""
        tabs = [
            place
            for place in range(len(self.text))
            if self.view.fixed[self.view.origin[place]] == "\t"
        ]
        edges = [-1, *tabs, len(self.text)]
        return [(start + 1, end) for start, end in pairwise(edges)] if tabs else []

    def search(self, pattern: str) -> re.Match[str] | None:
        """Return the first match of a pattern, in any case."""
        return re.search(pattern, self.text, re.IGNORECASE)

    @cached_property
    def dates(self) -> list[DateFound]:
        """The dates in the block; those of a row of a table stand in one cell each."""
        parts = self.cells or [(0, len(self.text))]
        return [
            date.moved(start)
            for start, end in parts
            for date in dates_in(self.view.part(start, end))
        ]

    @cached_property
    def separate_dates(self) -> list[DateFound]:
        """The dates in the block; two days joined by and are two, not the time between them."""
        dates: list[DateFound] = []
        for found in self.dates:
            two = _TWO_DAYS.fullmatch(self.text[found.start : found.end])
            first, _, last = (found.edtf or "").partition("/")
            if two and last:
                dates.append(DateFound(found.start, found.start + two.end("first"), first))
                dates.append(DateFound(found.start + two.start("last"), found.end, last))
            else:
                dates.append(found)
        return dates

    @cached_property
    def definitions(self) -> list[Definition]:
        """The terms that the block defines."""
        return list(definitions_in(self.view))

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Yield the range of each sentence."""
        start = 0
        for match in _SENTENCE_END.finditer(self.text):
            yield start, match.start()
            start = match.end()
        if start < len(self.text):
            yield start, len(self.text)

    def sentence_at(self, place: int) -> tuple[int, int]:
        """Return the range of the sentence that holds a character."""
        return next(
            (sentence for sentence in self.sentences() if place < sentence[1]), (0, len(self.text))
        )


@dataclass
class DocumentReading:
    """Everything that is known of a document while its facts are read."""

    tree: Tree
    parties: Parties
    day: date | None = None
    statutes: Statutes = field(default_factory=read_known_statutes)
    _parties: dict[tuple[int, int], list[PartyFound]] = field(default_factory=dict)
    _provisions: dict[tuple[int, int], list[ProvisionFound]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Learn the terms for statutes and parties, which may be used before they are defined."""
        for block in self.blocks:
            self.statutes.learn(block.view)
            self.parties.learn(block.view)

    @property
    def council(self) -> str:
        """The code of the council that the document is about."""
        return self.parties.council

    @cached_property
    def blocks(self) -> Sequence[Block]:
        """The blocks of the document, in order."""
        return blocks_of(self.tree)

    @cached_property
    def directing(self) -> Block | None:
        """The block that directs the council, if the document is a direction."""
        inside = [block for block in self.blocks if block.section not in {"signature", "annex"}]
        patterns = (_DIRECTS, TELLS, _BINDS)
        directing = (
            block for pattern in patterns for block in inside if pattern.search(block.text)
        )
        first = next(directing, None)
        if first is None or first.item.is_numbered or not _GIVES.search(first.text):
            return first
        # What only announces the direction gives way to the words before the list of duties.
        return next((block for block in inside if _BINDS.search(block.text)), first)

    @cached_property
    def tells(self) -> bool:
        """Whether the document only tells of an instrument, as a covering letter does."""
        inside = [block for block in self.blocks if block.section not in {"signature", "annex"}]
        explains = any(_EXPLAINS.search(block.text) for block in inside)
        return explains or (
            self.directing is not None and TELLS.search(self.directing.text) is not None
        )

    def is_operative(self, block: Block) -> bool:
        """Return whether the words of a block act: what follows the words that direct does."""
        if block.section == "operative":
            return True
        # The words NOW THEREFORE may be wanting, or lost; then the words that direct begin it.
        heads = any(other.section == "operative" for other in self.blocks)
        after = self.directing is not None and block.start >= self.directing.start
        return block.section in {"title", "recitals"} and not heads and after

    def section(self, *names: str) -> list[Block]:
        """Return the blocks of some sections."""
        return [block for block in self.blocks if block.section in names]

    def sentences(self, *names: str) -> Iterator[tuple[Block, int, int]]:
        """Yield each sentence of some sections: its block and its range there."""
        for block in self.section(*names):
            for start, end in block.sentences():
                yield block, start, end

    def below(self, item: Item) -> list[Block]:
        """Return the blocks of an item's descendants."""
        return [block for block in self.blocks if item in block.item.ancestors()]

    def provisions(self, block: Block) -> list[ProvisionFound]:
        """Return the provisions that a block cites."""
        if block.span not in self._provisions:
            self._provisions[block.span] = provisions_in(block.view, self.statutes)
        return self._provisions[block.span]

    def parties_in(self, block: Block) -> list[PartyFound]:
        """Return the parties of a block."""
        if block.span not in self._parties:
            self._parties[block.span] = self.parties.find(block.view)
        return self._parties[block.span]


def blocks_of(tree: Tree) -> list[Block]:
    """Return the blocks of a tree, in the order of the text."""
    blocks = []
    for item in tree.items:
        view = tree.view(item)
        if view.text:
            blocks.append(Block(item.label, item.section, view, item))
        tail = tree.tail(item)
        if tail.text:
            blocks.append(Block(item.label, item.section, tail, item, True))
    return sorted(blocks, key=lambda block: block.view.origin[0])


def mentions(block: Block, terms: dict[str, str]) -> Iterator[tuple[int, int, str]]:
    """Yield where a block uses terms that the document has defined, and what each stands for."""
    for term, value in sorted(terms.items(), key=lambda pair: -len(pair[0])):
        spaced = r"\s+".join(re.escape(word) for word in term.split())
        for match in re.finditer(rf"\b(?:the\s+)?{spaced}\b", block.text, re.IGNORECASE):
            yield match.start(), match.end(), value


def time_in(block: Block, date: DateFound) -> dict[str, Any]:
    """Return a date of a block as a statement of a record."""
    return date.time(block.view, block.label).model_dump(exclude_defaults=True)
