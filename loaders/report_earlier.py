"""Tell which inspection a re-inspection repeats, as far as the report says when it was."""

from __future__ import annotations

import re
from typing import Any

from loaders.dates_in_text import dates_in
from loaders.ofsted_parts import InspectionReading

REINSPECTION = re.compile(r"\bre-?\s?inspection\b", re.IGNORECASE)
EARLIER = re.compile(
    r"\b(?:last|previous|first) (?:(?:full|single|Ofsted) )?inspection\b[^.;]{0,90}?"
    r"\b(?=(?:in|of|during)\b)|\bjudge?ment of inadequate\b[^.;]{0,60}?\b(?=in\b)",
    re.IGNORECASE,
)
TITLE_CHARACTERS = 600
TOLD_CHARACTERS = 12_000
NOTE = "The report calls itself a re-inspection and tells of one earlier inspection first."


def earlier_inspection(reading: InspectionReading, entry: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the inspection that a re-inspection repeats, and add the link to the entry."""
    view = reading.view
    title = REINSPECTION.search(view.text, 0, TITLE_CHARACTERS)
    if title is None:
        return []
    for match in EARLIER.finditer(view.text, title.end(), TOLD_CHARACTERS):
        part = view.part(match.end(), min(match.end() + 30, len(view.text)))
        for found in dates_in(part)[:1]:
            year = int((found.edtf or "0")[:4])
            if found.edtf is None or not reading.last_day or year > reading.last_day.year:
                continue
            start = match.end() + found.start
            end = match.end() + found.end
            identifier = reading.proposals.next("inspection", reading.code, found.edtf)
            place = reading.place(match.start(), end)
            entry["reinspection_of"] = [
                {
                    "value": identifier,
                    **reading.place(*title.span()),
                    "modality": "inferred",
                    "note": NOTE,
                }
            ]
            return [
                {
                    "id": identifier,
                    **place,
                    "kind": "GradedInspection",
                    "council": reading.code,
                    "conducted_by": "organisation/ofsted",
                    "on_site": [{"date": found.edtf, **reading.place(start, end)}],
                }
            ]
    return []


def unnamed_earlier(reading: InspectionReading) -> list[dict[str, Any]]:
    """Return the word of a re-inspection as not read, where the earlier inspection has no date."""
    title = REINSPECTION.search(reading.view.text, 0, TITLE_CHARACTERS)
    if title is None:
        return []
    reason = "Not read: which inspection this one repeats; the report gives it no date."
    return [{**reading.place(*title.span()), "reason": reason}]
