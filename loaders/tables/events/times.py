"""The times of an event as statements: when an act was signed, ended, or was meant to end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.records.statements import Time
from loaders.tables.claim_source import RowPlace
from loaders.tables.events.rows import EventRow, NoteRow
from ontology.dates import bounds

_PUBLISHED_REASON = "not after the page about it was published; the day of signature is not given"
_PRESS_NOTE = "The day is the one that the press gives."
_YEARS = re.compile(r"P([0-9]+)Y")
INFERRED_DATE = "inferred-date"


def begun(row: EventRow, notes: Sequence[NoteRow]) -> Time:
    """Return when an act was signed, or an event happened, as far as the row and its note say."""
    place = RowPlace(row.key)
    correction = next((note for note in notes if note.fact == INFERRED_DATE), None)
    if correction and correction.date:
        return RowPlace(correction.key).time(
            correction.date,
            "date",
            date=correction.date,
            status="inferred",
            reason=correction.reason,
        )
    if row.date_kind == "page-published":
        return place.time(
            row.date, "date", date=f"../{row.date}", status="inferred", reason=_PUBLISHED_REASON
        )
    if row.date_kind == "inferred":
        return place.time(
            row.date, "date", date=row.date, status="inferred", reason=row.date_reason
        )
    note = _PRESS_NOTE if row.date_kind == "press" else None
    return place.time(row.date, "date", date=row.date, note=note)


def published(row: EventRow) -> list[Time]:
    """Return when the page about an act was published, if that is the day that the row gives."""
    if row.date_kind != "page-published":
        return []
    return [RowPlace(row.key).time(row.date, "date", date=row.date)]


def ended(row: EventRow, notes: Sequence[NoteRow]) -> list[Time]:
    """Return when an act ended: as the row says, or only that it did, as the note says."""
    if row.ended:
        return [RowPlace(row.key).time(row.ended, "ended", date=row.ended)]
    return [
        RowPlace(note.key).time(
            note.date, "date", date=note.date, status="inferred", reason=note.reason
        )
        for note in notes
        if note.fact == "ended" and note.date
    ]


def planned_end(row: EventRow, planned: str | None) -> list[Time]:
    """Return when an act is meant to end: a date, or so many years after it was signed."""
    if planned is None:
        return []
    place, years = RowPlace(row.key), _YEARS.fullmatch(planned)
    if years is None:
        return [place.time(planned, "planned_end", date=planned)]
    first = row.date[:7]
    end = f"{int(first[:4]) + int(years.group(1))}{first[4:]}"
    reason = f"{years.group(1)} years after the act"
    return [place.time(planned, "planned_end", date=end, status="inferred", reason=reason)]


def is_readable_plan(value: str) -> bool:
    """Return whether a planned end is a number of years, such as P5Y."""
    return _YEARS.fullmatch(value) is not None


def since(row: EventRow) -> Time:
    """Return the time for which an appointment lasted, of which only the begin is known."""
    note = _PRESS_NOTE if row.date_kind == "press" else None
    return RowPlace(row.key).time(row.date, "date", date=f"{row.date}/", note=note)


def later_end(row: EventRow, edtf: str) -> bool:
    """Return whether the end of a row does not lie before a date."""
    if row.ended is None:
        return False
    first, last = bounds(edtf)[0], bounds(row.ended)[1]
    return first is None or last is None or first <= last
