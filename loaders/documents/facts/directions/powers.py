"""Read the powers of a direction: those that it uses, what applies them, what it only cites."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from loaders.documents.facts.directions.cited_directions import CitedDirections
from loaders.documents.find.provisions import ProvisionFound, unheld_statutes
from loaders.documents.layout.blocks import TELLS, Block, DocumentReading
from loaders.documents.text import patterns_beside

# takes (fullmatch): "ukpga/1996/56/section/497A/4B"
# leaves (fullmatch): "ukpga/1996/56/section/497A/2"
_POWER = re.compile(
    r"(?P<power>ukpga/1996/56/section/497A/4[AB]?|ukpga/1999/27/section/15/[56])(?:/\w+)?"
)
_WHOLE_SECTION = re.compile(r"ukpga/1996/56/section/497A|ukpga/1999/27/section/15")
_APPLIES = re.compile(r"ukpga/2004/31/section/50|ukpga/2006/21/section/15(?:/3)?")
"""Provisions that give no power themselves, but carry that of another Act to more functions."""

_PATTERNS = patterns_beside(__name__)
_EXERCISES = _PATTERNS["exercises"]
_APPLIED_BY = re.compile(r"(?P<inner>applied(?: and modified| and extended)? by )$", re.IGNORECASE)
_JOINED = _PATTERNS["joined"]
_TOLD_UNDER = _PATTERNS["told-under"]
_OWN_ACT = _PATTERNS["own-act"]
_AT_TITLE = _PATTERNS["at-title"]
_PREVIOUS = _PATTERNS["previous"]
"""Words before a power that is that of an earlier direction."""

_PROPOSED = _PATTERNS["proposed"]
_NOT_USED = _PATTERNS["not-used"]
_ACTS_UNDER = _PATTERNS["acts-under"]
_OTHERS = _PATTERNS["of-others"]
# Sections 497A(4AA), 497AA and 497B say what a direction means and needs, and give no power.
_SECTION = re.compile(
    r"(?P<power>ukpga/\d+/\d+/section/(?!497(?:AA|B))\w+(?:/(?!4AA)\w+)?)(?:/(?!4AA)\w+)*"
)
_MANNERS: dict[str, dict[str, str]] = {
    "used": {},
    "exercised": {},
    "proposed": {"modality": "planned"},
}
"""How sure it is that a power is used, by what the words before it do."""

_UNHELD = {"modality": "inferred", "note": "The reference data does not hold this statute."}

_PAST = re.compile(
    r"\b(?:was|were|been|earlier|previous|first|dated|given|gave|issued|made)\b", re.IGNORECASE
)
SATISFIED = _PATTERNS["satisfied"]


def powers_of(
    reading: DocumentReading, directions: CitedDirections
) -> dict[str, list[dict[str, Any]]]:
    """Return the powers used, the section that applies them, other provisions, functions in scope.

    In: the directions that the document tells of, whose powers are not its own.
    """
    uses: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    reader = _PowerReader(reading, directions)
    functions = reader.functions_item()
    for block in reading.blocks:
        if functions is not None and functions.item in block.item.ancestors():
            uses["functions_in_scope"] += reader.scope(block)
        elif block.section != "signature":
            for use, statement in reader.uses(block):
                uses[use].append(statement)
    # A section as a whole is the power only where no part of it is named as such.
    uses["cites" if uses["made_under"] else "made_under"] += uses.pop("whole", [])
    return uses


@dataclass(frozen=True)
class _PowerReader:
    reading: DocumentReading
    directions: CitedDirections

    def uses(self, block: Block) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the provisions of a block; one joined to another is used as that one is."""
        acts = block.section in {"title", "annex"} or self.reading.is_operative(block)
        manner = {} if acts else {"force": "reportive"}
        previous: tuple[int, str] = (-1, "")
        for provision in self.reading.provisions(block):
            between = block.text[previous[0] : provision.start] if previous[0] >= 0 else None
            use = previous[1] if between and _JOINED.fullmatch(between) else ""
            use = use or self._use(block, provision)
            yield from self._statements(block, provision, use, manner)
            previous = (provision.end, use)

    def _use(self, block: Block, provision: ProvisionFound) -> str:
        """Return what the words before a provision do with it: use it, apply it, or cite it."""
        before = block.text[: provision.start]
        sentence = block.text[block.sentence_at(provision.start)[0] : provision.start]
        heads = block.section == "title" and not block.item.is_numbered
        earlier = _PREVIOUS.search(before)
        if _PROPOSED.search(sentence):
            return "proposed"
        if heads and (block.text.isupper() or (_AT_TITLE.match(before) and not earlier)):
            return "used"
        if (heads and earlier) or _NOT_USED.search(sentence):
            return "cited"
        if _APPLIED_BY.search(before):
            return "applied"
        if self._tells_of(block, sentence):
            return "used"
        if self._is_told(block, provision.start):
            return "cited"
        if _ACTS_UNDER.search(sentence):
            return "exercised"
        return "used" if heads or _EXERCISES.search(before) else "cited"

    def _tells_of(self, block: Block, sentence: str) -> bool:
        """Return whether the power is that of the direction that the document explains."""
        made = TELLS.search(sentence)
        if made and (block is self.reading.directing or "are made" in made[0].casefold()):
            return True
        told = _TOLD_UNDER.search(sentence) and _EXERCISES.search(sentence)
        return self.reading.tells and bool(told) and not _OTHERS.search(sentence)

    def _is_told(self, block: Block, place: int) -> bool:
        """Return whether a power stands in what is told of another direction."""
        start, end = block.sentence_at(place)
        before = block.text[start:place]
        other = _TOLD_UNDER.search(before)
        if other and _PAST.search(before) and not _OWN_ACT.search(other["after"]):
            return True
        return block.section == "recitals" and any(
            direction.block is block and start <= direction.date.start < end
            for direction in self.directions.found
        )

    def functions_item(self) -> Block | None:
        """Return the block that lists the functions in which the council fails."""
        for block in self.reading.section("recitals", "title"):
            if SATISFIED.search(block.text) and block.item.children:
                return block
        return None

    def scope(self, block: Block) -> Iterator[dict[str, Any]]:
        """Yield the provisions whose functions are in scope."""
        for provision in self.reading.provisions(block):
            place = (provision.start, provision.end)
            first, *more = provision.references
            if not more and self.reading.statutes.is_whole(first):
                place = (0, len(block.text.rstrip(" ;.,")))
            for reference in provision.references:
                yield block.said(reference, *place, force="reportive")

    def _statements(
        self, block: Block, provision: ProvisionFound, use: str, manner: dict[str, str]
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield what one phrase cites, by what the direction does with it."""
        start, end = provision.start, provision.end
        doubt = {**manner, **_MANNERS.get(use, {})}
        # "Under section 15(5) and (12)": what stands in one phrase with a power is used with it.
        beside = any(_POWER.fullmatch(reference) for reference in provision.references)
        for reference in provision.references:
            power = _POWER.fullmatch(reference)
            section = _SECTION.fullmatch(reference)
            if use in _MANNERS and power:
                yield "made_under", block.said(power["power"], start, end, **doubt)
            elif use in _MANNERS and _WHOLE_SECTION.fullmatch(reference):
                yield "whole", block.said(reference, start, end, **doubt)
            elif use == "applied" or (use in _MANNERS and _APPLIES.fullmatch(reference)):
                match = _APPLIED_BY.search(block.text[:start])
                begin = match.start("inner") if match else start
                yield "applied_by", block.said(reference, begin, end, **manner)
            elif (use in {"exercised", "proposed"} or (use == "used" and beside)) and section:
                unheld = _UNHELD if _is_unheld(reference) else {}
                yield "made_under", block.said(section["power"], start, end, **doubt | unheld)
            elif not self.reading.statutes.is_whole(reference) and not _is_unheld(reference):
                yield "cites", block.said(reference, start, end, **manner)


def _is_unheld(reference: str) -> bool:
    """Return whether a provision is of a statute that the reference data does not hold."""
    return any(reference.startswith(f"{act}/") for act in unheld_statutes().values())
