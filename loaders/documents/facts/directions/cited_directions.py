"""Find the directions that a document tells of, what each required, and what led to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from data.councils.register import read_register
from loaders.documents.facts.citations import CitationExtractor
from loaders.documents.facts.directions.mentions import (
    ANOTHER_ACT,
    FARTHEST,
    IDENTIFIED,
    JOINED_DATE,
    LED,
    MEANS,
    PROMPT,
    REQUIRING,
    SAME_DAY,
    TOLD,
    WITH_EFFECT,
    DirectionMention,
    dates_apart,
    plain_gap,
)
from loaders.documents.find.councils import councils_in, likenesses_in
from loaders.documents.find.dates import DateFound
from loaders.documents.find.provisions import DEFINITION, term_key
from loaders.documents.layout.blocks import TELLS, Block, DocumentReading, mentions, time_in
from loaders.documents.record.identifiers import Proposals
from ontology.dates import bounds

ByYear = list[tuple[dict[str, Any], Block, re.Match[str]]]
"""Directions with the words that tell only the year of what led to them."""


def required(
    reading: DocumentReading, block: Block, entry: dict[str, Any], start: int, end: int
) -> None:
    """Keep what the sentence says that it required."""
    match = REQUIRING.search(block.text, start, end)
    if not match:
        return
    entry["addressed_to"] = [block.said(reading.council, *match.span("what"))]
    bearer = f"council/{reading.council}"
    duties = [
        {
            "paragraph": "unnumbered.1",
            **block.place(*match.span("what")),
            "summary": "Take the steps told of here to improve.",
            "bearer": bearer,
            "action": "implement",
        }
    ]
    further = re.search(r"including to (?P<what>[^.;,]*)", block.text[match.end() : end])
    if further:
        begin, stop = (match.end() + place for place in further.span("what"))
        duties.append(
            {
                "paragraph": "unnumbered.2",
                **block.place(begin - len("to "), stop),
                "summary": "Work with the commissioner.",
                "bearer": bearer,
                **_with(reading, block, begin, stop),
                "action": "co-operate",
                "part_of": "unnumbered.1",
            }
        )
    entry["requirements"] = duties


def _with(reading: DocumentReading, block: Block, start: int, end: int) -> dict[str, Any]:
    """Return with whom the council had to work: a person stands for the post after the name."""
    last = block.sentence_at(start)[1]
    for party in reading.parties_in(block):
        if start <= party.start < min(last, end + 60) and party.kind == "post":
            return {"counterparty": party.reference}
    return {}


def prompts(cited: CitationExtractor, block: Block, entry: dict[str, Any], by_year: ByYear) -> None:
    """Keep the reports that led to it, where the block says which."""
    match = PROMPT.search(block.text)
    if match is None:
        _prompted_by_failure(cited, block, entry, by_year)
        return
    if match["year"]:
        slugs = [one.slug for one in cited.found.values() if one.year == match["year"]]
        place = match.span()
    else:
        after = [one for one in cited.in_block(block) if one[0] >= match.end()]
        slugs = [one[2].slug for one in after[:1]]
        place = (match.start(), after[0][1]) if after else match.span()
    entry["prompted_by"] = [block.said(f"document/{slug}", *place) for slug in slugs]


def _prompted_by_failure(
    cited: CitationExtractor, block: Block, entry: dict[str, Any], by_year: ByYear
) -> None:
    """Keep the report behind a failure that led to a direction: the last one cited before."""
    match = LED.search(block.text)
    dated = IDENTIFIED.search(block.text)
    if match and dated:
        by_year.append((entry, block, dated))
    before = [one for one in cited.found.values() if one.is_ofsted and one.block is not block]
    if match is None or dated or not before:
        return
    note = "The failure is taken to be the one that this report found."
    place = (match.start(), match.end())
    value = f"document/{before[0].slug}"
    entry["prompted_by"] = [block.said(value, *place, modality="inferred", note=note)]


@dataclass
class CitedDirectionExtractor:
    """The directions that a document tells of, and the terms by which it calls them."""

    reading: DocumentReading
    cited: CitationExtractor
    proposals: Proposals
    found: list[DirectionMention] = field(default_factory=list)
    terms: dict[str, str] = field(default_factory=dict)
    by_year: list[tuple[dict[str, Any], Block, re.Match[str]]] = field(default_factory=list)

    def read(self) -> None:
        """Read every block."""
        for block in self.reading.blocks:
            heads = block.section == "title" and not block.item.is_numbered
            heads = heads and not re.search(r"[.;:]$|,$", block.text)
            if block.section == "signature" or (heads and not self.reading.is_operative(block)):
                continue
            for match in TOLD.finditer(block.text):
                self._tell(block, match)
            self._learn(block)

    def _tell(self, block: Block, match: re.Match[str]) -> None:
        """Add one direction told of, unless it has no date or is known by it."""
        start, end = block.sentence_at(match.start())
        date = self._date(block, match, start, end)
        own = self.reading.day is not None
        if date is None or (
            own and date.edtf == str(self.reading.day) and TELLS.search(block.text)
        ):
            return
        for known in self.found:
            if known.date and known.date.edtf == date.edtf:
                known.entry["signed"].append(time_in(block, date))
                return
        group = next(one for one in ("direction", "verb", "definite") if match[one])
        begin, stop = sorted((match.start(group), date.start))[0], max(match.end(group), date.end)
        if date.end < match.start():
            begin = match.start()
            stop = match.end()
        council, addressed = self._addressee(block, match, date, end)
        entry: dict[str, Any] = {
            "id": self.proposals.next("direction", council, date.edtf),
            **block.place(begin, stop),
            "kind": "Direction",
            "addressed_to": [addressed],
            "signed": [time_in(block, date)],
        }
        self._issuer(block, entry, start, match)
        self._powers(block, entry, match.end(), end)
        required(self.reading, block, entry, stop, end)
        prompts(self.cited, block, entry, self.by_year)
        self.found.append(DirectionMention(entry, date, block))
        for other in self._further(block, date, end):
            if any(one.date and one.date.edtf == other.edtf for one in self.found):
                continue
            twin = {
                "id": self.proposals.next("direction", council, other.edtf),
                **block.place(other.start, other.end),
                "kind": "Direction",
                "addressed_to": [addressed],
                "signed": [time_in(block, other)],
            }
            self.found.append(DirectionMention(twin, other, block))

    def _date(self, block: Block, match: re.Match[str], start: int, end: int) -> DateFound | None:
        """Return the date of a direction told of: the next one after it, else one that leads in."""
        same = SAME_DAY.match(block.text, match.end())
        earlier = [one for one in dates_apart(block) if one.end <= match.start()]
        if same and earlier:
            return replace(earlier[-1], start=match.end(), end=same.end())
        led = re.match(r"\W*on $", block.text[start : earlier[0].start], re.I) if earlier else None
        for date in dates_apart(block):
            gap = block.text[match.end() : date.start]
            if led and ANOTHER_ACT.search(gap):
                break
            if not match.end() <= date.start < end or "report" in gap:
                continue
            if (
                len(plain_gap(block, self.reading.provisions(block), match.end(), date.start))
                < FARTHEST
            ):
                return date
        for date in dates_apart(block):
            before = block.text[start : date.start]
            if start <= date.start < match.start() and re.fullmatch(
                r"\W*on ", before, re.IGNORECASE
            ):
                return date
        return None

    def _further(self, block: Block, first: DateFound, end: int) -> Iterator[DateFound]:
        """Yield the dates joined to that of a direction: those of more directions."""
        place = first.end
        for date in dates_apart(block):
            between = DEFINITION.sub("", block.text[place : date.start])
            if place <= date.start < end and JOINED_DATE.fullmatch(between):
                place = date.end
                yield date

    def _addressee(
        self, block: Block, match: re.Match[str], date: DateFound, end: int
    ) -> tuple[str, dict[str, Any]]:
        """Return the council that a direction told of is to, and the statement of it."""
        own = self.reading.council
        for named in [*councils_in(block.view), *likenesses_in(block.view)]:
            to = re.search(r"\b(?:to|directing) (?:the )?$", block.text[: named.start])
            body = named.on(None) or named.on(self.reading.day)
            if named.is_full and body and to and match.start() <= named.start < end:
                return body.code, block.said(body.code, named.start, named.end)
        day = bounds(date.edtf)[1] if date.edtf else None
        if day and not read_register().by_code(own).existed_on(day):
            note = "This council did not exist then; the direction was to one before it."
            return own, {"value": own, "modality": "inferred", "note": note}
        return own, {"value": own}

    def _issuer(
        self, block: Block, entry: dict[str, Any], start: int, match: re.Match[str]
    ) -> None:
        """Keep who issued it: the last office before; else the office of this document."""
        offices = [
            party
            for party in self.reading.parties_in(block)
            if party.kind == "office" and start <= party.start < match.start()
        ]
        by_them = match["definite"] and not re.search(r"\bby\b", match[0])
        if offices and not by_them:
            office = offices[-1]
            value = office.name
            entry["issued_by"] = [block.said(value, office.start, match.end())]
        elif not match["definite"]:
            note = "The sentence does not say who; it stands in a direction of this office."
            entry["issued_by"] = [
                {"value": self.reading.parties.issuer, "modality": "inferred", "note": note}
            ]
        corporate = offices and offices[-1].reference == "office/sos-hclg"
        if not match["definite"]:
            domain = "corporate" if corporate else "childrens-social-care"
            note = "From who issued it and what it was to improve."
            entry["in_domain"] = [{"value": domain, "modality": "inferred", "note": note}]

    def _powers(self, block: Block, entry: dict[str, Any], start: int, end: int) -> None:
        """Keep the powers that the same sentence names after it."""
        powers = [
            block.said(reference, provision.start, provision.end)
            for provision in self.reading.provisions(block)
            if start <= provision.start < end
            for reference in provision.references
        ]
        if powers:
            entry["made_under"] = powers

    def _learn(self, block: Block) -> None:
        """Take in the terms that a block defines for directions."""
        for definition in block.definitions:
            if not re.search(r"\bdirections?$", definition.key):
                continue
            here = [one for one in self.found if one.block is block]
            # Of several directions the last one before the term is meant.
            before = [one for one in here if one.date and one.date.start < definition.opens]
            nearest = max(before, key=lambda one: one.date.start if one.date else 0, default=None)
            if here:
                self.terms[definition.key] = (nearest or here[-1]).id

        for match in MEANS.finditer(block.text):
            meant = [
                one
                for one in self.found
                if one.block is block and one.date and one.date.start >= match.end()
            ]
            if meant:
                self.terms[term_key(match["term"])] = meant[0].id

    def mentions_in(self, block: Block, start: int, end: int) -> list[tuple[int, int, str]]:
        """Return where a stretch of a block names directions, by term or by date, in order."""
        found = [one for one in mentions(block, self.terms) if start <= one[0] and one[1] <= end]
        for date in dates_apart(block):
            for known in self.found:
                same = known.date and known.date.edtf and known.date.edtf == date.edtf
                within = any(one[0] <= date.start < one[1] for one in found)
                if same and not within and start <= date.start and date.end <= end:
                    found.append((date.start, date.end, known.id))
        return sorted(found)

    def meant(self, block: Block, start: int) -> tuple[str, int] | None:
        """Return the direction that the words after a place mean, and where they end."""
        found = self.mentions_in(block, start, len(block.text))
        return (found[0][2], found[0][1]) if found else None

    def end(self, direction: str, block: Block, place: int) -> None:
        """Keep the day from which a direction told of is revoked, where the sentence says it."""
        start, end = block.sentence_at(place)
        for date in dates_apart(block):
            if start <= date.start < end and WITH_EFFECT.search(block.text[start : date.start]):
                for known in self.found:
                    if known.id == direction:
                        known.entry["ended"] = [time_in(block, date)]
