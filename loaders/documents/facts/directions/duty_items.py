"""Tell which items of a direction are duties: of the council, or tasks and functions of others."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from loaders.documents.find.councils import councils_in
from loaders.documents.layout.blocks import Block, DocumentReading
from loaders.documents.layout.numbered_tree import Item
from loaders.documents.layout.sections import ANNEX
from loaders.documents.text import patterns_beside

_PATTERNS = patterns_beside(__name__)
_NOT_A_DUTY = _PATTERNS["not-a-duty"]
_TAKES_EFFECT = (
    r"\b(?:revok\w+|in(?:to)? force|expires?|takes? effect|may be cited|(?:is|are) (?:amended"
    r"|varied|replaced|withdrawn)|substituted?|ceases? to have effect)\b"
)
# "An inspection was published": a sentence of its own, which goes on to no "to do" and no list.
_RECITES = (
    r"\b(?:was|were|has|have) considered\b|^(?:the|an?|on|ofsted)\b(?:(?!\bto [a-z]|:)[^.;])*"
    r"\b(?:was|were) (?:published|reported|judged)\b"
)
_BINDS_OTHERS = r"^the (?:trust|company) (?:shall|must)\b"
_DEFINES = (
    r"\bin (?:this|these) directions?,? (?:the following|[\"'])|\bmay (?:amend|vary|revoke)\b"
)
# takes: "This Direction takes effect on 1 June 2016"
# takes: "The report was published on 3 May"
# takes: "The trust shall provide the services"
# takes: "In this Direction, the following terms are used"
# leaves: "The Council shall publish its plan"
_ACTS_ITSELF = re.compile(
    rf"{_TAKES_EFFECT}|{_RECITES}|{_BINDS_OTHERS}|{_DEFINES}",
    re.IGNORECASE,
)
"""What a direction does by being made: it asks nothing of the council."""

_EXERCISED_BY = _PATTERNS["exercised-by"]
_A_DUTY = _PATTERNS["a-duty"]
_TABLE_HEAD = _PATTERNS["table-head"]

_A_FUNCTION = re.compile(r"(?:all |any |the |those )*functions?\b", re.IGNORECASE)
_TASKS_OF = _PATTERNS["tasks-of"]
_FUNCTIONS_OF = _PATTERNS["functions-of"]
_COUNCIL_BOUND = _PATTERNS["council-bound"]


@dataclass(frozen=True)
class DutyItems:
    """Which items of a direction are duties, and whose."""

    reading: DocumentReading

    @cached_property
    def operative(self) -> list[Block]:
        """The items that bind the council: those below the words that direct it, and more."""
        directing = self.reading.directing
        return list(self._binding() if directing is None else self._directed(directing))

    def _directed(self, directing: Block) -> Iterator[Block]:
        over = [
            block.start
            for block in _unnumbered_after_directing(self.reading)
            if not _TABLE_HEAD.fullmatch(block.text)
        ]
        for block in self.reading.blocks:
            item = block.item
            if block.is_tail or block is directing or not self.reading.is_operative(block):
                continue
            if block.start < directing.start or not item.is_numbered:
                continue
            if _EXERCISED_BY.match(block.text):
                continue
            # Where the words that direct bear no number, the list after them is theirs.
            listed = not directing.item.is_numbered and not (over and over[0] < block.start)
            below = directing.item in item.ancestors() or listed
            nested = item.parent is not None and item.parent is not directing.item
            nested = nested and item.parent is not None and item.parent.is_numbered
            own = not _NOT_A_DUTY.search(block.text) and self._is_bound(item)
            if own or (below and (nested or not _ACTS_ITSELF.search(block.text))):
                yield block

    def _binding(self) -> Iterator[Block]:
        """Yield the items that bind the council by their own words, where none direct it."""
        for block in self.reading.section("title", "operative"):
            item = block.item
            bound = item.is_numbered and not block.is_tail and self._is_bound(item)
            if bound and not _ACTS_ITSELF.search(block.text):
                yield block

    def _is_bound(self, item: Item) -> bool:
        """Return whether an item, or one around it, says that the council must do something."""
        texts = (self.reading.tree.view(around).text for around in (item, *item.ancestors()))
        return any(_A_DUTY.search(text) or self._own_name.match(text) for text in texts)

    @cached_property
    def _own_name(self) -> re.Pattern[str]:
        """The pattern of a duty whose bearer goes by the document's own term for it."""
        terms = {
            definition.term
            for block in self.reading.blocks
            for council in councils_in(block.view)
            for definition in block.definitions
            if 0 <= definition.opens - council.end < len(" Council ")
        }
        names = "|".join(re.escape(term) for term in sorted(terms)) or "(?!)"
        return re.compile(
            rf"(?:that )?(?:the )?(?:{names})(?: council)? "
            r"(?:shall|must|is to|is required to|will)\b",
            re.IGNORECASE,
        )

    def is_function(self, block: Block) -> bool:
        """Return whether an item of an annex names a function that others exercise."""
        named = _A_FUNCTION.match(block.text) and not re.search(r"\b(?:shall|must)\b", block.text)
        return bool(named or _FUNCTIONS_OF.search(self._lead(block)))

    def is_councils(self, block: Block) -> bool:
        """Return whether an item of an annex binds the council and not a commissioner."""
        if re.search(
            r"\b(?:council|authority) (?:shall|must|is to|will)\b", block.text[:80], re.IGNORECASE
        ):
            return True
        lead = self._lead(block)
        if ANNEX.fullmatch(lead or "Annex") and self._sends_to(_annex(block)):
            return True
        return bool(_COUNCIL_BOUND.search(lead)) and not _TASKS_OF.search(lead)

    def _sends_to(self, annex: str) -> bool:
        """Return whether the words that bind the council send it to an annex for what to do."""
        name = re.escape(annex.replace("-", " "))
        pattern = re.compile(
            r"\b(?:shall|must|is to|to) (?:take|carry out|do|comply with) the "
            rf"(?:actions?|steps|things|requirements)\b[^.;]*\b{name}\b",
            re.IGNORECASE,
        )
        return any(pattern.search(block.text) for block in self.operative)

    def _lead(self, block: Block) -> str:
        """Return the words before the items of an annex."""
        return " ".join(
            other.text
            for other in self.reading.section("annex")
            if not other.item.is_numbered and other.label == _annex(block)
        )


def _annex(block: Block) -> str:
    """Return the label of the annex that an item stands in, which its own label begins with."""
    return block.label.split(".")[0]


def _unnumbered_after_directing(reading: DocumentReading) -> list[Block]:
    """Return the operative words without a number that follow those that direct."""
    directing = reading.directing
    return [
        block
        for block in reading.blocks
        if directing is not None
        and block.start > directing.start
        and not (block.item.is_numbered or block.is_tail)
        and reading.is_operative(block)
    ]


def is_tabled(reading: DocumentReading, block: Block) -> bool:
    """Return whether the last words without a number before an item are heads of columns."""
    heads = [other for other in _unnumbered_after_directing(reading) if other.start < block.start]
    return bool(heads) and _TABLE_HEAD.fullmatch(heads[-1].text) is not None
