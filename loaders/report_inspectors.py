"""Find who led an inspection: on the cover of the report, else in the list of the team."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from loaders.reading_view import View

INSPECTOR = re.compile(
    r"(?<!deputy )\b(?:lead|reporting) inspectors?\b(?: (?:for|of|on) (?:this|the) "
    r"(?:visit|inspection))?(?P<told> (?:was|is|were)\b)?:?",
    re.IGNORECASE,
)
AGENCY_INSPECTOR = re.compile(r"\bInspectors?\b:?")
"""How the cover of a report on an adoption or fostering agency has it, before 2014."""

AGENCY = re.compile(r"\bunique reference number\b", re.IGNORECASE)
COVER_CHARACTERS = 1500
LONGEST_NAME = 60
NAME_ENDS = re.compile(
    r"[,;(:|/]|(?<=[a-z]{2})\.(?=\s|$)"
    r"|\bS?HMI\b|\b(?:Her|His) Majesty|\b(?:Ofsted|Social Care|Regulatory|Senior|Deputy"
    r"|Team|Judgement|Age|Report|Published|Additional|Inspectors?|Children|Inspection)\b"
    r"|\s{3,}"
)
NAME = re.compile(
    r"[A-ZÀ-Þ][\w'’.-]*(?: (?:[A-ZÀ-Þ][\w'’.-]*|de|van|der|la|le|von|al|el|bin)){1,4}"
)
DAYS_LINE = re.compile(
    r"\s*:?\s*(?:(?:from )?(?:\w+day )?\d[^\n\f\r]*\d{4}[^\n\f\r]*[\n\f\r]\s*)?(?P<line>[^\n\f\r]*)"
)


@dataclass(frozen=True)
class NameFound:
    """A name as printed, and its range in the view."""

    name: str
    start: int
    end: int


def inspectors_of(view: View) -> list[NameFound]:
    """Return the lead inspectors by name: from the cover, else from the list of the team."""
    labels = list(INSPECTOR.finditer(view.text))
    if AGENCY.search(view.text, 0, COVER_CHARACTERS):
        labels += AGENCY_INSPECTOR.finditer(view.text, 0, COVER_CHARACTERS)
    for label in labels:
        start, end = _line_after(view, label.end())
        if label.lastgroup == "told":
            # A sentence goes on over the end of a line.
            start, end = label.end(), min(len(view.text), label.end() + LONGEST_NAME)
        value = view.text[start:end]
        stop = NAME_ENDS.search(value, len(value) - len(value.lstrip(" :")))
        value = value[: stop.start()] if stop else value
        found = []
        place = start
        for part in re.split(r"( and | & )", value):
            named = NAME.fullmatch(part.strip())
            if named is not None:
                start = place + len(part) - len(part.lstrip())
                found.append(NameFound(named[0], start, start + len(named[0])))
            place += len(part)
        if found:
            return found
    return []


def _line_after(view: View, place: int) -> tuple[int, int]:
    """Return the first line after a label; a line of days between them is the value of another."""
    end = min(len(view.text), place + 90)
    begin = view.origin[place - 1] + 1
    line = DAYS_LINE.match(view.fixed, begin, begin + 160)
    if line is None:
        return place, end
    first, last = line.span("line")
    start = bisect_left(view.origin, first, place, end)
    return start, max(start, bisect_left(view.origin, last, start, end))
