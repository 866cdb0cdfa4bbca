"""Read the powers of a direction: those that it uses, what applies them, what it only cites."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from loaders.documents.facts.directions.cited_directions import CitedDirections
from loaders.documents.find.provisions import ProvisionFound
from loaders.documents.layout.blocks import TELLS, Block, DocumentReading

_POWER = re.compile(
    r"(?P<power>ukpga/1996/56/section/497A/4[AB]?|ukpga/1999/27/section/15/[56])(?:/\w+)?"
)
_WHOLE_SECTION = re.compile(r"ukpga/1996/56/section/497A|ukpga/1999/27/section/15")
_APPLIES = re.compile(r"ukpga/2004/31/section/50|ukpga/2006/21/section/15(?:/3)?")
"""Provisions that give no power themselves, but carry that of another Act to more functions."""

_EXERCISES = re.compile(
    r"(?:pursuant to|in exercise of|in accordance with|under|by virtue of|using|exercising)"
    r"(?: (?:her|his|their|the|its|all))?(?: statutory)?"
    r"(?: powers?)?(?: (?:under|in|conferred(?: (?:up)?on (?:him|her|them|the secretary of state))?"
    r" by|contained in|given by))? $",
    re.IGNORECASE,
)
_APPLIED_BY = re.compile(r"(?P<inner>applied(?: and modified| and extended)? by )$", re.IGNORECASE)
_JOINED = re.compile(
    r"[\s,(]*(?:(?:and|or|together with|read with|as well as|with)\s+)?(?:under\s+|the\s+)*",
    re.IGNORECASE,
)
_TOLD_UNDER = re.compile(
    r"\b(?<!this )(?<!these )(?<!following )(?:directions?|notice)\b(?P<after>[^.;:]{0,90})$",
    re.IGNORECASE,
)
_OWN_ACT = re.compile(
    r"\b(?:directs|hereby|makes|gives|issues|in exercise|pursuant|expedient|in accordance)\b",
    re.IGNORECASE,
)
_AT_TITLE = re.compile(
    r"\W*(?:(?:the|a|revised|statutory|further|new|amended) )*directions?\b(?![^.;]*[.;]\s)",
    re.IGNORECASE,
)
"""How a heading names a direction and the power for it."""

_PREVIOUS = re.compile(
    r"\b(?:further to|following|in addition to|supplementing|amending|replacing|varying) "
    r"(?:the |these |those |its |his |her )?(?:\w+ )?directions?\b[^.:]*$",
    re.IGNORECASE,
)
"""Words before a power that is that of an earlier direction."""

_PAST = re.compile(
    r"\b(?:was|were|been|earlier|previous|first|dated|given|gave|issued|made)\b", re.IGNORECASE
)
SATISFIED = re.compile(
    r"the secretary of state (?:is|was|has been)(?: therefore| also)* satisfied (?:that|as to)",
    re.IGNORECASE,
)
_STATUTE = re.compile(r"ukpga/\d+/\d+")


@dataclass
class PowerExtractor:
    """The provisions of one direction, by what it does with each."""

    reading: DocumentReading
    told: CitedDirections
    made: list[dict[str, Any]] = field(default_factory=list)
    whole: list[dict[str, Any]] = field(default_factory=list)
    applied: list[dict[str, Any]] = field(default_factory=list)
    cites: list[dict[str, Any]] = field(default_factory=list)
    scope: list[dict[str, Any]] = field(default_factory=list)

    def entries(self) -> dict[str, Any]:
        """Return the powers used, the section that applies them, other provisions, functions."""
        functions = self._functions_item()
        for block in self.reading.blocks:
            if functions is not None and functions.item in block.item.ancestors():
                self._scoped(block)
            elif block.section != "signature":
                self._block(block)
        # A section as a whole is the power only where no part of it is named as such.
        (self.cites if self.made else self.made).extend(self.whole)
        return {
            "made_under": self.made,
            "applied_by": self.applied,
            "cites": self.cites,
            "functions_in_scope": self.scope,
        }

    def _block(self, block: Block) -> None:
        """Take in the provisions of a block; one joined to another is used as that one is."""
        acts = block.section in {"title", "annex"} or self.reading.is_operative(block)
        manner = {} if acts else {"force": "reportive"}
        previous: tuple[int, str] = (-1, "")
        for provision in self.reading.provisions(block):
            between = block.text[previous[0] : provision.start] if previous[0] >= 0 else None
            use = previous[1] if between and _JOINED.fullmatch(between) else ""
            use = use or self._use(block, provision)
            self._keep(block, provision, use, manner)
            previous = (provision.end, use)

    def _use(self, block: Block, provision: ProvisionFound) -> str:
        """Return what the words before a provision do with it: use it, apply it, or cite it."""
        before = block.text[: provision.start]
        if block.section == "title" and not block.item.is_numbered:
            if block.text.isupper() or (_AT_TITLE.match(before) and not _PREVIOUS.search(before)):
                return "used"
            if _PREVIOUS.search(before):
                return "cited"
        if _APPLIED_BY.search(before):
            return "applied"
        told = TELLS.search(before)
        if told and (block is self.reading.directing or "are made" in told[0].casefold()):
            return "used"
        if self._is_told(block, provision.start):
            return "cited"
        heads = block.section == "title" and not block.item.is_numbered
        return "used" if heads or _EXERCISES.search(before) else "cited"

    def _is_told(self, block: Block, place: int) -> bool:
        """Return whether a power stands in what is told of another direction."""
        start, end = block.sentence_at(place)
        before = block.text[start:place]
        told = _TOLD_UNDER.search(before)
        if told and _PAST.search(before) and not _OWN_ACT.search(told["after"]):
            return True
        return block.section == "recitals" and any(
            one.block is block and one.date is not None and start <= one.date.start < end
            for one in self.told.found
        )

    def _keep(
        self, block: Block, provision: ProvisionFound, use: str, manner: dict[str, str]
    ) -> None:
        """Keep one phrase that cites provisions."""
        place = (provision.start, provision.end)
        for reference in provision.references:
            power = _POWER.fullmatch(reference)
            if use == "used" and power:
                self.made.append({**block.said(power["power"], *place), **manner})
            elif use == "used" and _WHOLE_SECTION.fullmatch(reference):
                self.whole.append({**block.said(reference, *place), **manner})
            elif use == "applied" or (use == "used" and _APPLIES.fullmatch(reference)):
                match = _APPLIED_BY.search(block.text[: provision.start])
                start = match.start("inner") if match else provision.start
                self.applied.append(block.said(reference, start, provision.end, **manner))
            elif not _STATUTE.fullmatch(reference):
                self.cites.append({**block.said(reference, *place), **manner})

    def _functions_item(self) -> Block | None:
        """Return the block that lists the functions in which the council fails."""
        for block in self.reading.section("recitals", "title"):
            if SATISFIED.search(block.text) and block.item.children:
                return block
        return None

    def _scoped(self, block: Block) -> None:
        """Take in the provisions whose functions are in scope."""
        for provision in self.reading.provisions(block):
            place = (provision.start, provision.end)
            if len(provision.references) == 1 and _STATUTE.fullmatch(provision.references[0]):
                place = (0, len(block.text.rstrip(" ;.,")))
            for reference in provision.references:
                self.scope.append(block.said(reference, *place, force="reportive"))
