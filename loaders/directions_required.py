"""Read what a direction told of required, and which reports led to it."""

from __future__ import annotations

import re
from typing import Any

from loaders.blocks import Block, DocumentReading
from loaders.cited_documents import CitedDocuments
from loaders.directions_found import IDENTIFIED, LED, PROMPT, REQUIRING

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
        if start <= party.start < min(last, end + 60) and party.reference.startswith("post/"):
            return {"counterparty": party.reference}
    return {}


def prompts(cited: CitedDocuments, block: Block, entry: dict[str, Any], by_year: ByYear) -> None:
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
    cited: CitedDocuments, block: Block, entry: dict[str, Any], by_year: ByYear
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
