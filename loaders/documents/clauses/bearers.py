"""Tell who bears what each item asks: by its own words, its lead-in's, then its heading's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from loaders.documents.clauses.bound import Bound, Scope, of_whom, paragraphs_of, scope_of
from loaders.documents.clauses.frames import (
    ACTS,
    ASKS,
    ASKS_NOTHING,
    BEFORE,
    BINDS,
    COUNCIL,
    DOES,
    GOES_ON,
    MIGHT_MOVE,
    MOVES,
    OPENS,
    UNOWNED,
    Clause,
    clause_in,
    only_opens,
    part_headed,
    part_sent_to,
)
from loaders.documents.clauses.marks import marked_words
from loaders.documents.clauses.rows import heads_table, scope_of_row, who_column
from loaders.documents.layout.blocks import Block, DocumentReading
from loaders.documents.layout.numbered_tree import LIMIT_LINE, Item
from loaders.documents.text import patterns_beside

_PATTERNS = patterns_beside(__name__)
_NOTICE = _PATTERNS["notice"]
_THIS_NOTICE = _PATTERNS["this-notice"]
_CONTENTS = _PATTERNS["contents"]
_FINITE = _PATTERNS["finite"]
_SUBJECT = _PATTERNS["subject"]
"""What an item begins with that is a sentence by itself, and goes on with no lead-in."""

_MOVING = frozenset({MOVES, MIGHT_MOVE})
_LONGEST_HEADING = 130
_MOST_WORDS_OF_TITLE = 9
_PARTS = re.compile(r";(?:\s*(?:and|or)\b)?\s*")


def bound_by(reading: DocumentReading) -> list[Bound]:
    """Return what the binding parts of a direction ask, and of whom, in the order of the text."""
    return list(_BearerReader(reading).read())


@dataclass
class _BearerReader:
    reading: DocumentReading
    sent: dict[str, Scope] = field(default_factory=dict)
    filled: set[str] = field(default_factory=set)
    scopes: dict[int, Scope] = field(default_factory=dict)
    heading: Scope | None = None
    lead: Scope | None = None
    tabled: bool = False
    who: int = 0
    section: str = ""
    before: Scope = field(default_factory=lambda: Scope(BINDS, COUNCIL, ""))
    bound: bool = False
    unnumbered: int = 0
    limit: Block | None = None
    limited: tuple[Item | None] | None = None

    def read(self) -> Iterator[Bound]:
        """Yield what each block asks; the first pass learns which parts are sent to."""
        blocks = [
            part
            for block in self.reading.blocks
            if self._may_bind(block)
            for part in paragraphs_of(self.reading, block)
        ]
        clauses = {block.start: self._clauses(block) for block in blocks}
        for block in blocks:
            for clause in clauses[block.start]:
                sends = clause.frame in {BINDS, MOVES, MIGHT_MOVE}
                part = part_sent_to(block.text, clause) if sends else None
                if part:
                    self.sent.setdefault(part, scope_of(clause, block))
        parts = (part_headed(block.text) for block in blocks if not block.item.is_numbered)
        self.filled = {part for part in parts if part} & set(self.sent)
        for block in blocks:
            yield from self._block(block, clauses[block.start])

    def _may_bind(self, block: Block) -> bool:
        """Return whether words can bind: those that only tell what was considered cannot."""
        directing = self.reading.directing
        tells_why = directing is not None and block.start < directing.start
        before = block.section == "title" and tells_why and not self.is_notice
        if block.is_tail or before:
            return False
        known = block.section in {"annex", "operative", "title"}
        return known or self.reading.is_operative(block)

    def _clauses(self, block: Block) -> list[Clause]:
        """Return the clause of each sentence that has one."""
        marked = marked_words(self.reading, block)
        clauses: list[Clause] = []
        before: Clause | None = None
        for start, end in block.sentences():
            clause = clause_in(marked, start, end)
            if clause is not None:
                clause = self._as_here(clause)
                if clause.bearer == BEFORE and clause.frame == BINDS and start > 0:
                    clause = of_whom(clause, marked[:start], before)
                clauses.append(clause)
            before = clause
        return clauses

    def _as_here(self, clause: Clause) -> Clause:
        """Return a clause as it counts in this document: a notice asks, a direction binds."""
        if clause.frame != ASKS:
            return clause
        return replace(clause, frame=BINDS if self.is_notice else ACTS)

    @cached_property
    def is_notice(self) -> bool:
        """Whether the document asks without the force of law, as its title says."""
        heads = [
            block.text
            for block in self.reading.blocks[:12]
            if not block.item.is_numbered and not block.text.endswith((".", ";", ","))
        ]
        own = any(_THIS_NOTICE.search(block.text) for block in self.reading.blocks)
        return own or any(_NOTICE.search(head) for head in heads)

    def _block(self, block: Block, clauses: list[Clause]) -> Iterator[Bound]:
        if (block.section, block.label) != (self.section, self.section) and (
            block.section == "annex" and block.label.split(".")[0] != self.section
        ):
            self.section = block.label.split(".")[0]
            self.heading = self.lead = None
            self.before = Scope(BINDS, COUNCIL, "")
        if block.item.is_numbered and block.start > block.item.start:
            yield from self._further(block, clauses)
        elif block.item.is_numbered:
            yield from self._item(block, clauses)
        else:
            yield from self._words(block, clauses)

    def _words(self, block: Block, clauses: list[Clause]) -> Iterator[Bound]:
        """Read words without a number: a heading, the lead-in of a list, or sentences."""
        marked = marked_words(self.reading, block)
        is_limit = LIMIT_LINE.fullmatch(block.text) and not block.cells
        self.limit, self.limited = block if is_limit else None, None
        if is_limit:
            return
        if heads_table(block):
            self._table(marked, block)
            return
        if block.cells and self.tabled:
            yield from self._row(block)
            return
        if self._is_heading(block, clauses):
            self._head(block, marked)
            return
        self.lead, self.tabled = None, False
        for clause in clauses:
            yield from self._sentence(block, marked, clause)

    def _table(self, marked: str, block: Block) -> None:
        """Take what the heads of columns say of the rows below them."""
        clause = clause_in(marked, 0, len(marked), "headings")
        if clause is not None and clause.frame == BINDS and block.cells and self.lead is None:
            self.lead = scope_of(clause, block)
        self.who = who_column(block)
        self.tabled = True

    def _row(self, block: Block) -> Iterator[Bound]:
        """Yield what a row without a number asks; its own cell says of whom, else its lead-in."""
        scope = self.lead or self.heading
        if scope is None or scope.frame not in {BINDS, OPENS, *_MOVING}:
            return
        frame = scope.frame if scope.frame in _MOVING else BINDS
        scope = replace(scope_of_row(self.reading, block, scope, self.who), frame=frame)
        if frame == BINDS or scope.bearer != COUNCIL:
            yield self._bound(self._part(block, 0, len(block.text)), scope, is_own=False)

    def _part(self, block: Block, start: int, end: int) -> Block:
        """Return a stretch of words without a number as an item of its own."""
        self.unnumbered += 1
        label = f"unnumbered.{self.unnumbered}"
        item = replace(block.item, label=label, children=[], parent=None)
        return Block(label, block.section, block.view.part(start, end), item)

    def _further(self, block: Block, clauses: list[Clause]) -> Iterator[Bound]:
        """Yield what a further paragraph of an item asks, by its own words."""
        marked = marked_words(self.reading, block)
        for clause in clauses:
            before = self.lead
            yield from self._sentence(block, marked, clause)
            if self.lead is not before and self.lead is not None:
                self.scopes[id(block.item)] = self.lead

    def _sentence(self, block: Block, marked: str, clause: Clause) -> Iterator[Bound]:
        if clause.frame in {DOES, GOES_ON} or (clause.frame == UNOWNED and not self.bound):
            return
        scope = self._scope(clause, block)
        opens = only_opens(marked, clause)
        sent_on = self._is_sent_on(block, clause)
        leads = block.text.rstrip().endswith(":")
        if (scope.frame in {BINDS, OPENS} and (opens or sent_on)) or (
            leads and scope.frame in {BINDS, OPENS, *_MOVING}
        ):
            self.lead = scope
        if scope.frame not in {BINDS, *_MOVING} or opens or sent_on or self._considers_only():
            return
        if scope.frame in _MOVING:
            whole = [] if leads else [(clause.start, clause.end)]
        else:
            whole = list(self._listed(block, clause))
        for start, end in whole:
            part = self._part(block, start, end)
            yield self._bound(part, scope)

    def _bound(
        self, block: Block, scope: Scope, lead: Block | None = None, is_own: bool = True
    ) -> Bound:
        """Return what words ask, of whom a scope says it; a line above may say by when."""
        if self.limit is not None:
            self.limited = self.limited or (block.item.parent,)
            if self.limited[0] not in (block.item.parent, *block.item.ancestors()):
                self.limit = None
        return Bound(
            block, scope.frame, scope.bearer or COUNCIL, scope.rule, is_own, lead, self.tabled,
            scope.is_certain, scope.said, self.limit,
        )  # fmt: skip

    def _listed(self, block: Block, clause: Clause) -> Iterator[tuple[int, int]]:
        """Yield the range of a sentence, or those of its parts where a colon begins a list."""
        text = block.text
        begins = re.compile(r"\s*:\s*").match(
            text, clause.does - 1 if text[clause.does - 1] == ":" else clause.does
        )
        if begins is None or begins.end() >= clause.end:
            end = clause.does + len(text[clause.does : clause.end].rstrip(" .;:"))
            yield block.sentence_at(clause.start)[0], end
            return
        place = begins.end()
        stops = [match.span() for match in _PARTS.finditer(text, place, clause.end)]
        for stop, after in [*stops, (clause.end, clause.end)]:
            end = place + len(text[place:stop].rstrip(" .;"))
            if end > place:
                yield place, end
            place = after

    def _is_heading(self, block: Block, clauses: list[Clause]) -> bool:
        text = block.text
        if len(text) > _LONGEST_HEADING or re.search(r"[.;:,]$", text):
            return False
        asks = re.match(r"(?:what|how|who|why|when)\b", text, re.IGNORECASE) is not None
        return block.section == "annex" or not clauses or text.isupper() or asks

    def _head(self, block: Block, marked: str) -> None:
        """Take what a heading says of the items below it; one that says nothing changes nothing."""
        part = part_headed(block.text)
        clause = clause_in(marked, 0, len(marked), "headings")
        told = self.sent.get(part) if part else None
        if told is None and clause is None:
            # A heading within a list of duties parts it; after reasons or ends it begins anew.
            within = self.heading is not None and self.heading.frame in {BINDS, *_MOVING}
            if part is not None or not within:
                self.heading, self.lead, self.tabled = None, None, False
            return
        self.lead, self.tabled = None, False
        sent = self.heading if self.heading in self.sent.values() else None
        same = clause and sent and (clause.frame, clause.bearer) == (sent.frame, sent.bearer)
        if told or not same:
            self.heading = told or (scope_of(clause, block) if clause else None)

    def _considers_only(self) -> bool:
        return self.heading is not None and self.heading.frame == ASKS_NOTHING

    def _item(self, block: Block, clauses: list[Clause]) -> Iterator[Bound]:
        marked = marked_words(self.reading, block)
        if self._is_title(block, clauses):
            clause = clause_in(marked, 0, len(marked), "headings")
            if clause:
                self.scopes[id(block.item)] = scope_of(clause, block)
            return
        above = self._above(block.item) or self.lead or self.heading
        own = self._own(block, clauses, above)
        if own is None:
            yield from self._inherits(block, above)
            return
        if above is not None and above.frame == ASKS_NOTHING:
            self.scopes[id(block.item)] = above
            return
        later = clauses[clauses.index(own) + 1 :] if own in clauses else ()
        further = [clause for clause in later if clause.frame in {BINDS, UNOWNED}]
        alone = block
        if further:
            end = block.sentence_at(further[0].start)[0]
            view = block.view.part(0, len(block.text[:end].rstrip()))
            alone = replace(block, view=view) if end else block
        opens = own.frame not in {GOES_ON, UNOWNED} and only_opens(marked, own)
        scope = replace(self._scope(own, block), is_list=opens)
        self.scopes[id(block.item)] = scope
        if block.text.rstrip().endswith(":") and not block.item.children:
            self.lead = scope
        if scope.frame in {BINDS, *_MOVING} and not opens and not self._is_sent_on(block, own):
            yield self._bound(alone, scope, above.lead if above and above.is_list else None)
        for clause in further:
            yield from self._sentence(block, marked, clause)

    def _own(self, block: Block, clauses: list[Clause], above: Scope | None) -> Clause | None:
        """Return the clause by which an item speaks for itself; None if it goes on with another."""
        binding = (each for each in clauses if each.frame in {BINDS, *_MOVING})
        own = next(binding, next(iter(clauses), None))
        if own is None:
            return None
        if own.frame == DOES:
            directed = above is not None and above.frame == OPENS
            return replace(own, frame=BINDS, does=own.start) if directed else None
        binds_above = above is not None and above.frame not in {ACTS, ASKS_NOTHING}
        if own.bearer == BEFORE and (binds_above or not self.bound):
            return None
        if own.frame == UNOWNED and (binds_above or not self.bound):
            return None if binds_above else replace(own, frame=ACTS)
        listed = binds_above and above is not None and above.is_list and above.lead is not None
        goes_on = listed and own.frame == ACTS and not _SUBJECT.match(block.text)
        nested = binds_above and above is not None and not above.is_list
        return None if goes_on or (nested and own.frame != BINDS) else own

    def _inherits(self, block: Block, above: Scope | None) -> Iterator[Bound]:
        """Yield an item that goes on with the words before its list."""
        if above is None or above.frame in {ACTS, ASKS_NOTHING}:
            if above is not None:
                self.scopes[id(block.item)] = above
            return
        speaks = _SUBJECT.match(block.text) and _FINITE.search(block.text)
        sent_to = above in self.sent.values()
        if above is self.heading and speaks and not (self.is_notice or sent_to):
            # Below a heading alone, a sentence of its own asks only what it says itself.
            return
        frame = BINDS if above.frame == OPENS else above.frame
        above = scope_of_row(self.reading, block, above, self.who if self.tabled else 0)
        if above.frame == OPENS and speaks and not sent_to:
            # Sentences below "directs as follows" say themselves who must; this one does not.
            above = replace(above, is_certain=False)
        parent = block.item.parent
        nested = self.reading.tree.view(parent).text if parent is not None else ""
        scope = replace(above, frame=frame, is_list=False)
        self.scopes[id(block.item)] = scope
        certain = above.is_certain and not (nested and _CONTENTS.search(nested))
        lead = above.lead if above.is_list else None
        yield self._bound(block, replace(scope, is_certain=certain), lead, is_own=False)

    def _above(self, item: Item) -> Scope | None:
        """Return what the nearest item around one says of its parts."""
        scopes = (self.scopes.get(id(around)) for around in item.ancestors())
        return next((scope for scope in scopes if scope), None)

    def _is_title(self, block: Block, clauses: list[Clause]) -> bool:
        """Return whether an item is only the heading of the items in it."""
        words = block.text.split()
        short = len(words) <= _MOST_WORDS_OF_TITLE and not re.search(r"[.;:,]$", block.text)
        return short and bool(block.item.children) and not clauses

    def _is_sent_on(self, block: Block, clause: Clause) -> bool:
        """Return whether a clause sends to a part of the document for all that is to be done."""
        part = part_sent_to(block.text, clause)
        if part is None:
            return False
        asks = block.item.is_numbered and clause.frame == BINDS
        return part.startswith("table") or (part in self.filled and not asks)

    def _scope(self, clause: Clause, block: Block) -> Scope:
        """Return what a clause says of whom, who may be that of the sentence before."""
        scope = scope_of(clause, block)
        if clause.bearer == BEFORE or clause.frame == UNOWNED:
            certain = clause.frame != UNOWNED and self.before.is_certain
            frame = BINDS if clause.frame in {GOES_ON, UNOWNED} else clause.frame
            named = replace(self.before, frame=frame, rule=scope.rule, lead=block)
            return replace(named, is_list=True, is_certain=certain)
        if clause.frame == BINDS:
            self.before, self.bound = scope, True
        return scope
