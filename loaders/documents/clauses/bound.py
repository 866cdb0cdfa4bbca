"""What an item asks and of whom, and what words before a list say of the items in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from loaders.documents.clauses.frames import (
    ACTS,
    BINDS,
    COMMISSIONER,
    COUNCIL,
    DOES,
    GOES_ON,
    Clause,
)
from loaders.documents.clauses.marks import BEARERS, kinds_in
from loaders.documents.layout.blocks import Block, DocumentReading

Said = tuple[Block, int, int]
"""Where words stand that say who is bound, if they are not the item's own."""


@dataclass(frozen=True)
class Bound:
    """What one item, or one sentence without a number, asks.

    In: `frame` is binds, or moves where it names a function that passes to others; `bearer` the
    kind of who is bound; `lead` the words before the list that it stands in, if any; `rule` the
    rule that says so; `is_own` whether the item's own words do; `limit` a line above it that says
    only by when.
    """

    block: Block
    frame: str
    bearer: str
    rule: str
    is_own: bool
    lead: Block | None = None
    is_tabled: bool = False
    is_certain: bool = True
    said: Said | None = None
    limit: Block | None = None


@dataclass(frozen=True)
class Scope:
    """What words before a list, or a heading, say of the items after them."""

    frame: str
    bearer: str
    rule: str
    lead: Block | None = None
    is_list: bool = True
    said: Said | None = None
    is_certain: bool = True


def scope_of(clause: Clause, block: Block, is_list: bool = True) -> Scope:
    """Return what a clause says of the items after it."""
    said = (block, *clause.named)
    return Scope(clause.frame, clause.bearer, clause.rule, block, is_list, said, clause.is_certain)


def paragraphs_of(reading: DocumentReading, block: Block) -> Iterator[Block]:
    """Yield the paragraphs of a numbered item apart: only the first is what its number names."""
    if not block.item.is_numbered or block.is_tail:
        yield block
        return
    document = reading.tree.document
    apart = re.compile(r"\n" if document.form == "docx" else r"\n[ \t\r]*\n")
    origin, text = block.view.origin, block.text
    edges = [
        match.end()
        for match in re.finditer(r"(?<=[.:;]) (?=[\"'(]?[A-Z])", text)
        if apart.search(document.text, origin[match.start() - 1], origin[match.end()])
    ]
    for start, end in pairwise([0, *edges, len(text)]):
        words = len(text[start:end].rstrip())
        part = block.view.part(start, start + words)
        yield block if words == len(text) else Block(block.label, block.section, part, block.item)


def of_whom(clause: Clause, told: str, before: Clause | None) -> Clause:
    """Return a clause about it, him or her as one of whoever the words before it begin with."""
    if before is not None and before.frame in {BINDS, GOES_ON}:
        return clause
    sentence = re.split(r"(?<=[.;])\s", told.strip())[-1]
    kinds = [kind for _, _, kind in kinds_in(sentence)]
    first = next(iter(kinds), "")
    if first == "person":
        first = next((kind for kind in kinds if kind in BEARERS and kind != COUNCIL), "")
    acts = before is not None and before.frame != DOES
    if first == "" and "person" in kinds and not acts:
        # Whoever is named and then told what to do holds the office, as a rule.
        return replace(clause, bearer=COMMISSIONER, is_certain=False)
    if acts or first not in BEARERS:
        return replace(clause, frame=ACTS)
    return replace(clause, bearer=first)
