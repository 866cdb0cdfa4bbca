"""Read the inspections that a report looks back on, in sentences that cite no document."""

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

from loaders.documents.facts.inspections.cited_inspections import (
    OFSTED,
    InspectionMention,
    add_framework,
    judge,
    latest,
)
from loaders.documents.find.councils import councils_in
from loaders.documents.find.dates import DateFound
from loaders.documents.find.frameworks import FrameworkFound, framework_of
from loaders.documents.find.grades import AREAS_OF, AreaFound, GradeFound, areas_in, grades_in
from loaders.documents.layout.blocks import Block, DocumentReading, time_in
from loaders.documents.record.proposals import Proposals, as_sentence, short_name
from loaders.documents.text import patterns_beside
from loaders.documents.text.numbers import CARDINAL, whole_number

_PATTERNS = patterns_beside(__name__)
INSPECTED = _PATTERNS["inspected"]
NO_EVENT = _PATTERNS["no-event"]
_COMPARED = re.compile(
    r"(?:\d{4} (?:judgements?|inspections?|ratings?)(?: of)?|not|above|below|than)\W*$",
    re.IGNORECASE,
)
"""Words before a grade that only compare with another one."""

_SINGLE = re.compile(r"\bSIF\b|single (?:inspection|assessment)", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:earlier|previous|prior) (?:inspections?|judgements?)", re.IGNORECASE)
_NAMELY = re.compile(
    r"[^.;]{0,40}?\b(?:namely|including|in respect of|in relation to|for)\b", re.IGNORECASE
)
# takes: "three further areas were rated"
# leaves: "many areas were rated"
_COUNTED = re.compile(
    rf"\b(?P<number>[1-9]|{CARDINAL}) (?:other |further |remaining )?"
    r"(?:areas?|judgements?)\b[^.;,]{0,40}?\b(?:rated|judged|graded|found)\b",
    re.IGNORECASE,
)
_CRITICISED = re.compile(
    r"\b(?:criticisms?|weaknesses|failings|concerns|shortcomings)\b[^.;,]{0,60}?\bby Ofsted\b",
    re.IGNORECASE,
)
# takes: "The report of the inspection of "
# takes: "the last inspection report for Anytown was published in "
# leaves: "After the report the council was inspected in "
_PUBLICATION = re.compile(
    r"\b(?:(?:report|letter)\W+(?:(?!inspected\b)\w+\W+){0,3}|publish\w*\W+(?:\w+\W+){0,2})$",
    re.IGNORECASE,
)
_LACKING = _PATTERNS["lacking"]
_REPORT_MONTHS = 6
"""Months after an inspection within which its report comes out."""


@dataclass(frozen=True)
class EarlierInspections:
    """The inspections that a report looks back on: those cited by their reports, then others."""

    found: list[InspectionMention]

    def meant_by(self, words: str) -> InspectionMention | None:
        """Return the inspection that words such as the SIF mean: the last one of its framework."""
        graded = [inspection for inspection in self.found if inspection.is_graded]
        if _SINGLE.search(words):
            return next(
                (inspection for inspection in reversed(graded) if inspection.framework == "sif"),
                None,
            )
        return latest(graded)


def earlier_inspections(
    reading: DocumentReading, cited: Sequence[InspectionMention], proposals: Proposals
) -> EarlierInspections:
    """Return the inspections that a report looks back on, also in sentences that cite no document.

    In: `cited` are those that it cites by their own reports; what it says more of them is added.
    """
    earlier = EarlierInspections(deepcopy(list(cited)))
    _EarlierInspectionExtractor(reading, proposals, earlier).read()
    return earlier


def with_counts(
    reading: DocumentReading, cited: Sequence[InspectionMention]
) -> list[InspectionMention]:
    """Return the inspections that a text cites, one alone with how many areas were judged so."""
    found = deepcopy(list(cited))
    for block in reading.blocks if len(found) == 1 else ():
        for start, end in block.sentences():
            _count(block, found[0], start, end)
    return found


@dataclass
class _EarlierInspectionExtractor:
    reading: DocumentReading
    proposals: Proposals
    earlier: EarlierInspections
    current: InspectionMention | None = None

    def read(self) -> None:
        """Read every paragraph: the inspections, their grades, their findings."""
        for block, start, end in self.reading.sentences("body", "recommendation", "footnote"):
            event = self._event(block, start, end)
            inspection = event or self._meant(block, start, end)
            if inspection is not None:
                self.current = inspection
                _grade(block, inspection, start, end, event is not None)
                _count(block, inspection, start, end)
                _criticise(block, inspection, start, end)

    def _event(self, block: Block, start: int, end: int) -> InspectionMention | None:
        """Return the inspection that a sentence tells of with its time, if it is a new one."""
        match = INSPECTED.search(block.text, start, end)
        dates = [date for date in block.dates if start <= date.start < end and date.edtf]
        if match is None or not dates or NO_EVENT.search(block.text, start, match.start()):
            return None
        date = min(dates, key=lambda dated: _distance(match, dated))
        if _PUBLICATION.search(block.text[start : date.start]):
            return None
        for known in self.earlier.found:
            times = [time.get("date") for time in known.entry.get("on_site", [])]
            # Two inspections of one vague time are two.
            if date.edtf in times and "~" not in (date.edtf or ""):
                return known
            if _reports(known, date):
                known.entry["on_site"] = [time_in(block, date)]
                return known
        return self._new(block, match, date, (start, end))

    def _new(
        self, block: Block, match: re.Match[str], date: DateFound, span: tuple[int, int]
    ) -> InspectionMention:
        begin = date.end + 1 if date.start <= span[0] + 4 else span[0]
        stop = max(match.end(), date.end)
        entry = {
            "id": self.proposals.next("inspection", self.reading.council, date.edtf),
            **block.place(min(begin, match.start()), stop),
            "kind": "GradedInspection",
            "council": self.reading.council,
        }
        inspection = InspectionMention(entry, date.edtf or "")
        words = block.text[slice(*span)]
        by = re.search(r"\bby Ofsted\b", words)
        if by:
            entry["conducted_by"] = [block.said(OFSTED, span[0] + by.start(), span[0] + by.end())]
        else:
            note = "The sentence names no inspectorate."
            entry["conducted_by"] = [{"value": OFSTED, "modality": "inferred", "note": note}]
        entry["on_site"] = [time_in(block, date)]
        framework = _framework(words, date)
        if framework:
            add_framework(inspection, framework, block, span[0])
        self.earlier.found.append(inspection)
        return inspection

    def _meant(self, block: Block, start: int, end: int) -> InspectionMention | None:
        """Return the inspection that a sentence speaks of without its time."""
        words = block.text[start:end]
        named = [council.on(None) for council in councils_in(block.view.part(start, end))]
        others = any(body and body.code != self.reading.council for body in named)
        if _BEFORE.search(words) or others:
            return None
        return self.earlier.meant_by(words) if _SINGLE.search(words) else self.current


def _reports(known: InspectionMention, date: DateFound) -> bool:
    """Return whether a report that is cited can be the one of an inspection at a time."""
    published = [time.get("date") or "" for time in known.entry.get("report_published", [])]
    if "on_site" in known.entry or not known.is_graded:
        return False
    month = _months(date.edtf or "")
    return any(month and 0 <= _months(time) - month <= _REPORT_MONTHS for time in published)


def _grade(
    block: Block, inspection: InspectionMention, start: int, end: int, is_event: bool
) -> None:
    """Read the grades of a sentence, each for the areas before it, or listed after namely."""
    areas = AREAS_OF.get(inspection.framework, {})
    text = block.text[start:end]
    place = 0
    for grade in grades_in(text):
        region = text[place : grade.start]
        hoped = NO_EVENT.search(text[: grade.start]) or _COMPARED.search(region)
        judged = re.search(r"\b(?:rated|judged|graded|found|received)\b", region, re.IGNORECASE)
        if hoped or not judged:
            continue
        spans = _areas(text, place, grade, areas, is_event)
        for named, area in spans:
            begin, stop = min(named.start, grade.start), max(named.end, grade.end)
            overall = re.match(r" overall\b", text[stop:])
            stop += len(" overall") if overall else 0
            judge(inspection, block, grade.grade, area, (start + begin, start + stop))
        place = grade.end


def _areas(
    text: str, place: int, grade: GradeFound, areas: dict[str, str], is_event: bool
) -> list[tuple[AreaFound, str]]:
    """Return the areas that a grade is given for, with their notations."""
    namely = _NAMELY.match(text, grade.end)
    stretches = [(place, grade.start), *([(namely.end(), len(text))] if namely else [])]
    named = [
        replace(area, start=area.start + begin, end=area.end + begin)
        for begin, end in stretches
        for area in areas_in(text[begin:end])
        if area.area in areas
    ]
    specific = [area for area in named if area.area != "overall"]
    overall = re.match(r"\W*overall\b", text[grade.end :]) or not specific
    if overall and is_event and not specific and "overall" in areas:
        named = [AreaFound(grade.start, grade.end, "overall")]
    elif specific:
        named = specific
    return [(area, areas[area.area]) for area in named]


def _count(block: Block, inspection: InspectionMention, start: int, end: int) -> None:
    """Keep how many areas a sentence says were judged to require improvement."""
    text = block.text[start:end]
    match = _COUNTED.search(text)
    after = [grade for grade in grades_in(text) if match and grade.start >= match.end()]
    if match and after and after[0].grade == "requires-improvement":
        value = str(whole_number(match["number"]))
        place = (start + match.start(), start + after[0].end)
        inspection.entry["areas_requiring_improvement"] = [block.said(value, *place)]


def _criticise(block: Block, inspection: InspectionMention, start: int, end: int) -> None:
    match = _CRITICISED.search(block.text, start, end)
    if match is None:
        return
    for lack in _LACKING.finditer(block.text, match.end(), end):
        inspection.entry.setdefault("findings", []).append(
            {
                "id": short_name(lack[0].partition(" of ")[2] or lack[0]),
                **block.place(*lack.span()),
                "voice": OFSTED,
                "summary": as_sentence(lack[0]),
            }
        )


def _months(edtf: str) -> int:
    """Return the number of a month, counted over the years; 0 if a time has no month."""
    found = re.match(r"(\d{4})-(\d{2})", edtf)
    return int(found[1]) * 12 + int(found[2]) if found else 0


def _distance(match: re.Match[str], date: DateFound) -> int:
    return min(abs(match.end() - date.start), abs(date.end - match.start()))


def _framework(words: str, date: DateFound) -> FrameworkFound | None:
    """Return the framework of an inspection; a year alone is taken at its middle."""
    edtf = date.edtf or ""
    year = re.fullmatch(r"(\d{4})~?", edtf)
    both = re.search(r"\bsafeguarding\b.*\blooked[ -]after", words, re.IGNORECASE)
    subject = "safeguarding and looked after" if both and "SIF" not in words else words
    found = framework_of(subject, f"{year[1]}-06" if year else edtf[:7])
    return replace(found, is_named=False) if found and subject is not words else found
