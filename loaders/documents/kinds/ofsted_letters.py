"""Read a letter of Ofsted after a focused visit or a monitoring visit: no grades, but findings."""

import re
from datetime import date
from typing import Any

from loaders.documents.facts.inspections.ofsted_document import (
    InspectionReading,
    PrecedingInspection,
    candidate_with,
    inspection_reading,
    preceding_inspection,
)
from loaders.documents.facts.inspections.priority_actions import priority_actions
from loaders.documents.find.dates import DateFound, dates_in
from loaders.documents.find.frameworks import BY_DAYS, EDITIONS
from loaders.documents.layout.numbered_tree import Tree, read_tree
from loaders.documents.record.candidate import Candidate
from loaders.documents.text.view import View

_VISIT = re.compile(
    r"(?P<focused>focus+ed visit)|(?P<monitoring>monitoring visit|monitoring inspection)",
    re.IGNORECASE,
)

TREE = read_tree
_HEAD = 1500
_TITLES: dict[str, str] = {
    r"joint targeted area inspection": "JointTargetedAreaInspection",
    r"unannounced inspection of (?:the )?contact": "Inspection",
}
"""Letters on other inspections without grades, which have no framework of the record."""

_TITLE = 3000
_DEAR = re.compile(r"\bdear\b", re.IGNORECASE)
# takes: "services were judged inadequate by us in March 2019"
# takes: "progress since the last inspection of May 2018"
# leaves: "at the next inspection in May 2018"
_GONE_BEFORE = re.compile(
    r"\bjudged (?:to be )?inadequate\b[^.;]{0,60}?\bin (?=(?:[A-Z][a-z]+ )?20\d\d)"
    r"|\b(?:last|previous|single|recent) inspection\b[^.;]{0,40}?\b(?:in|of) "
    r"(?=(?:[A-Z][a-z]+ )?20\d\d)"
)
_VISIT_OR_REPORT = "The letter does not say whether it is the visit or the report."
_SINCE = "Such visits follow an inadequate judgement; the letter tells of this one first."


def read(tree: Tree) -> Candidate:
    """Return the candidate record of a letter.

    Raises: UnreadableDocument if no council of the register is named.
    """
    reading = inspection_reading(tree, "letter", _dates)
    view, dates = reading.view, _dates(reading.view)
    if reading.stay is not None and reading.published == _of_stay(dates, reading):
        reading.published = dates[1] if len(dates) > 1 else None
    other = _other_kind(view.text)
    visit = None if other else _VISIT.search(view.text)
    entry = {**reading.entry(), "kind": other or "FocusedVisit"}
    others: list[dict[str, Any]] = []
    if visit is not None and visit["monitoring"]:
        entry["kind"] = "MonitoringVisit"
        followed = _followed(reading)
        if followed:
            entry["follows_up"] = [{**followed.link, "note": _SINCE}]
            others.append(followed.entry)
    if visit is not None:
        entry["framework"] = [_framework(reading, visit)]
    entry["findings"] = priority_actions(reading)
    entry = {name: value for name, value in entry.items() if value}
    return candidate_with(reading, [*others, entry], [])


def _dates(view: View) -> list[DateFound]:
    """Return the days that stand before a letter addresses anyone."""
    dear = _DEAR.search(view.text)
    head = view.part(0, dear.start() if dear else min(len(view.text), _HEAD // 3))
    return [date for date in dates_in(head) if date.is_day and "/" not in (date.edtf or "/")]


def _other_kind(text: str) -> str:
    """Return the class of a letter on an inspection that is no visit, by what it is headed."""
    for pattern, kind in _TITLES.items():
        match = re.search(pattern, text[:_TITLE], re.IGNORECASE)
        visit = _VISIT.search(text, 0, match.start()) if match else None
        if match and visit is None:
            return kind
    return ""


def _of_stay(dates: list[DateFound], reading: InspectionReading) -> DateFound | None:
    """Return the first date of the head if it is the day of the visit and not of the letter."""
    stay = reading.stay
    if not dates or stay is None:
        return None
    within = stay.found.start <= dates[0].start < stay.found.end
    return dates[0] if within else None


def _framework(reading: InspectionReading, visit: re.Match[str]) -> dict[str, Any]:
    """Return the framework of a visit: its own, or the edition of its days."""
    place = reading.place(*visit.span())
    if visit["monitoring"]:
        return {"value": "monitoring-visit", **place}
    day = reading.last_day or date.max
    edition = next((name for first, name in EDITIONS if day >= first), EDITIONS[-1][1])
    return {"value": edition, **place, "modality": "inferred", "note": BY_DAYS}


def _followed(reading: InspectionReading) -> PrecedingInspection | None:
    """Return the inspection that a monitoring visit follows, if the letter dates one."""
    view = reading.view
    match = _GONE_BEFORE.search(view.text)
    if match is None:
        return None
    part = view.part(match.start(), min(len(view.text), match.end() + 20))
    date = next(iter(dates_in(part)), None)
    if date is None or date.edtf is None:
        return None
    start = match.start()
    return preceding_inspection(
        reading, start, date.moved(start), modality="inferred", note=_VISIT_OR_REPORT
    )
