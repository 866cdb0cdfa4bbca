"""Checks of what was read against itself: a fault makes statements uncertain, and is listed.

Nothing is put right here. What two facts say together that cannot be so, a reviewer looks at; which
of them was misread, no rule can tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from data.records.form import Inspection, LeftOut, Record
from data.records.statements import Manner, Model, Passage, Said, Time
from loaders.documents.find.councils import councils_in
from loaders.documents.text.view import view_of
from ontology.dates import bounds

_HEAD_CHARACTERS = 1200
"""Characters from the start within which a document says which council it is about."""

_LONGEST_WAIT = timedelta(days=365)
"""Days from a visit to its letter or report beyond which one of the two is misread."""

_MOST_NAME_WORDS = 3
_PARTICLES = frozenset({"al", "bin", "da", "de", "del", "der", "di", "du", "el", "la", "le", "van"})
"""Small words within names, which do not count: Ann van der Other has two words."""


@dataclass(frozen=True)
class Doubt:
    """A statement that a check doubts, and the place at which that is listed."""

    statement: Manner
    place: Passage


_Check = Callable[[Record, str], Iterator[Doubt]]


def _graded(inspection: Inspection) -> Iterator[tuple[str, Said, Passage]]:
    for judgement in inspection.judgements:
        for said in judgement.grade:
            yield judgement.area, said, said if said.is_given else judgement


def _inadequate_overall_alone(record: Record, _text: str) -> Iterator[Doubt]:
    """Yield the grades of an inspection that is inadequate overall and in no area."""
    for inspection in record.inspections:
        grades = list(_graded(inspection))
        overall = {said.value for area, said, _ in grades if area.endswith("-overall")}
        areas = {said.value for area, said, _ in grades if not area.endswith("-overall")}
        if overall == {"inadequate"} and areas and "inadequate" not in areas:
            yield from (Doubt(said, place) for _, said, place in grades)


@dataclass(frozen=True)
class _Visit:
    """The days of an inspection, and those of its report or letter: each the first and the last.

    In: of a day that is printed as a month or a year, all that it may be.
    """

    statements: Sequence[Time]
    ended: tuple[date, date]
    told: tuple[date, date]


def _possible_ends(times: Sequence[Time]) -> tuple[date, date] | None:
    """Return the days between which a thing ended, if its days can be read."""
    found: list[tuple[date, date]] = []
    for time in times:
        edtf = time.reading.edtf or ""
        # Of a stretch or of several, the last; [a..b] is one day between two.
        last = edtf if edtf.startswith("[") else re.split(r"/|\.\.|,", edtf.strip("{}"))[-1]
        first_day, last_day = bounds(last) if last else (None, None)
        if first_day and last_day:
            found.append((first_day, last_day))
    return max(found) if found else None


def _visits(record: Record) -> Iterator[_Visit]:
    for inspection in record.inspections:
        told = [*inspection.report_published, *inspection.letter_dated]
        ended, reported = _possible_ends(inspection.on_site), _possible_ends(told)
        if ended and reported:
            yield _Visit([*inspection.on_site, *told], ended, reported)


def _on_site_after_publication(record: Record, _text: str) -> Iterator[Doubt]:
    """Yield the days of an inspection that was told of before it was over."""
    for visit in _visits(record):
        if visit.ended[0] > visit.told[1]:
            yield from (Doubt(time, time) for time in visit.statements)


def _visit_long_before_its_letter(record: Record, _text: str) -> Iterator[Doubt]:
    """Yield the days of an inspection that was told of a year later."""
    for visit in _visits(record):
        if visit.told[0] - visit.ended[1] > _LONGEST_WAIT:
            yield from (Doubt(time, time) for time in visit.statements)


def _council_not_in_the_title(record: Record, text: str) -> Iterator[Doubt]:
    """Yield what says which council an inspection or an act is about, if the title does not."""
    head = view_of(text, [(0, min(len(text), _HEAD_CHARACTERS))])
    named = {body.code for found in councils_in(head) for body in found.bodies}
    if record.document.council in named:
        return
    inspected = [each.council for each in record.inspections if each.report]
    acts = [*record.directions, *record.notices, *record.letters]
    directed = [act.addressed_to for act in acts if act.embodied_in]
    for said in (said for statements in (*inspected, *directed) for said in statements):
        if said.is_given:
            yield Doubt(said, said)


def _long_names(record: Record, _text: str) -> Iterator[Doubt]:
    """Yield the names of people that have more words than names have."""
    inspectors = [(each.lead_inspector_named, each) for each in record.inspections]
    for names, thing in [*inspectors, *((person.name, person) for person in record.people)]:
        for said in names:
            words = [word for word in said.value.split() if word.casefold() not in _PARTICLES]
            if len(words) > _MOST_NAME_WORDS:
                yield Doubt(said, said if said.is_given else thing)


CHECKS: Mapping[str, _Check] = {
    "overall inadequate, and no area is; one of the grades may be misread": (
        _inadequate_overall_alone
    ),
    "on site after the report or the letter; one of the days may be misread": (
        _on_site_after_publication
    ),
    "more than a year from the visit to its letter or report; one of the days may be misread": (
        _visit_long_before_its_letter
    ),
    "the title does not name this council; it may be another": _council_not_in_the_title,
    "a name of more than three words; it may hold words beside the name": _long_names,
}
"""What is wrong, in words for a reviewer, and what finds it."""


def checked(record: Record, text: str) -> tuple[Record, list[LeftOut]]:
    """Return a record with what checks doubt marked as uncertain, and a line for each doubt.

    In: the fixed text of the document.
    """
    reasons: dict[int, list[str]] = {}
    listed: list[LeftOut] = []
    for reason, check in CHECKS.items():
        for doubt in check(record, text):
            reasons.setdefault(id(doubt.statement), []).append(reason)
            place = {"at": doubt.place.at, "chars": doubt.place.chars, "words": doubt.place.words}
            listed.append(LeftOut.model_validate({**place, "reason": f"Doubtful: {reason}."}))
    if not reasons:
        return record, []
    marked: Record = _marked(record, reasons)
    return marked, listed


def _marked(part: Any, reasons: Mapping[int, Sequence[str]]) -> Any:
    """Return a part of a record, with its doubted statements marked; itself if it has none."""
    if isinstance(part, list):
        parts = [_marked(each, reasons) for each in part]
        return parts if any(new is not old for new, old in zip(parts, part, strict=True)) else part
    if not isinstance(part, Model):
        return part
    changes = {
        name: new
        for name in type(part).model_fields
        if (new := _marked(old := getattr(part, name), reasons)) is not old
    }
    if isinstance(part, Manner) and (doubts := reasons.get(id(part))):
        notes = [*([part.note] if part.note else []), *doubts]
        changes["note"] = "; ".join(notes)
        if part.modality in (None, "asserted"):
            changes["modality"] = "inferred"
    return part.model_copy(update=changes) if changes else part
