"""Read the table of interventions under the best value duty: directions and notices."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator

from data.records.acts import Direction
from data.records.files import RecordFile
from data.registry.identifiers import Identities
from data.sources import SourceRows, TableSource
from data.tables.cells import Cells
from data.tables.table import empty_as_none
from loaders.tables.claim_source import ClaimSource, Mention, RowPlace
from loaders.tables.council_cells import council_in
from loaders.tables.dates import any_point, date_words, end_or_plan
from loaders.tables.events.acts import additions, further_directions, instrument, issued_by
from loaders.tables.events.event import (
    Event,
    Part,
    begun,
    ended,
    events,
    gathered,
    is_readable_plan,
    planned_end,
)
from loaders.tables.events.mentions import REGIME_WORDS, row_mentions, same_day
from loaders.tables.events.offices import names_in, offices
from loaders.tables.events.rows import EventRow, check_note, event_key, read_notes
from loaders.tables.events.source_pages import page_at
from ontology.dates import bounds
from ontology.errors import UnreadableDate

_SOURCE = "best-value-interventions"
_SECTION_15 = "ukpga/1999/27/section/15"


def _plan(value: str) -> str:
    """Return a planned end: a date in EDTF, or a number of years such as P5Y."""
    if not is_readable_plan(value):
        try:
            bounds(value)
        except UnreadableDate as error:
            raise ValueError(str(error)) from None
    return value


_Plan = Annotated[Annotated[str, AfterValidator(_plan)] | None, BeforeValidator(empty_as_none)]
Powers = Literal["", "15", "15(5)", "15(5) 15(6)"]


class BestValueEventRow(EventRow):
    """An act under the best value duty.

    The powers are subsections of section 15 of the Local Government Act 1999, or the section where
    the source names none. Joint with another regime means that the row stands for an instrument of
    that regime too.
    """

    powers: Powers
    joint_with: Annotated[Literal["childrens-services"] | None, BeforeValidator(empty_as_none)]
    again: Literal["", "new", "reissued"]
    planned_end: _Plan
    office_note: str


def _convert(cells: Cells) -> BestValueEventRow:
    council = council_in(cells).code
    instrument = cells.phrase("instrument")
    kind = instrument["instrument"]
    date = any_point(cells, "date")
    key = event_key(council, date, cells.mapping.meanings["key"][kind])
    ended, planned = end_or_plan(cells, "end", date)
    office, office_note, names, unnamed = _office(cells, kind, council)
    row = BestValueEventRow.model_validate(
        {
            "key": key,
            "council": council,
            "gss_code": cells.text("gss_at_event"),
            "instrument": kind,
            "date": date,
            "date_kind": "stated",
            "date_reason": "",
            "ended": ended,
            "office": office,
            "appointees": names,
            "unnamed": unnamed,
            "page": page_at(cells, "source_url").slug,
            "powers": instrument.get("powers", ""),
            "joint_with": instrument.get("joint_with", ""),
            "again": _again(cells, kind),
            "planned_end": planned,
            "office_note": office_note,
        }
    )
    check_note(cells, "note", _SOURCE, key)
    return row


def _again(cells: Cells, kind: str) -> str:
    """Return whether an instrument follows an earlier one, by the events of its kind."""
    events = cells.mapping.phrases["event"]
    accepted = {
        printed: event.get("again", "")
        for printed, event in events.items()
        if event["instrument"] == kind
    }
    return cells.choice("event", accepted)


def _office(cells: Cells, kind: str, council: str) -> tuple[str, str, str, str]:
    model = cells.phrase("model")
    office = model.get("office", "")
    if (kind == "best-value-notice") != (office == ""):
        cells.refuse("model", "notice for a notice, and another model for directions")
    names, form = names_in(cells, "appointees", council)
    if form.get("office", office) != office or (names and not office):
        cells.refuse("appointees", f"holders of the office that the model has: {office or 'none'}")
    return office, model.get("office_note", ""), names, form.get("unnamed", "")


def mentions(rows: Sequence[BestValueEventRow]) -> Iterable[Mention]:
    """Yield what the rows speak of and that takes a minted identifier."""
    notes = read_notes(_SOURCE)
    for row in rows:
        yield from row_mentions(_SOURCE, row, notes.get(row.key, ()))
        if row.joint_with:
            yield _joint_mention(_SOURCE, row, row.joint_with)


def _joint_mention(source: str, row: EventRow, regime: str) -> Mention:
    """Return the mention of the second instrument."""
    reading = begun(row, ()).reading
    return Mention(
        row=f"{source}/{row.key}/{regime}",
        kind="direction",
        council=row.council,
        earliest=reading.earliest,
        latest=reading.latest,
        description=f"{REGIME_WORDS[regime]}; {date_words(row.date)}",
        same_as=same_day(regime, row),
    )


def _joint_direction(event: Event, regime: str) -> Iterator[Part]:
    """Yield the second instrument, which has the dates of the first."""
    row, place = event.row, RowPlace(event.row.key)
    direction = Direction(
        id=event.local("direction", row.key, regime),
        at="joint_with",
        row=row.key,
        words=regime,
        kind=[place.said("Direction", "instrument", row.instrument)],
        addressed_to=[place.said(row.council, "council")],
        issued_by=[issued_by(place, regime)],
        signed=[begun(row, event.notes)],
        ended=ended(row, event.notes),
    )
    yield row.page, "directions", direction


def records(rows: SourceRows[BestValueEventRow], identities: Identities) -> Iterator[RecordFile]:
    """Yield what each page says that rows were read from."""
    return gathered(_parts(rows, identities), rows, _SOURCE)


def _parts(rows: SourceRows[BestValueEventRow], identities: Identities) -> Iterator[Part]:
    for row, event in events(_SOURCE, rows.rows, read_notes(_SOURCE), identities):
        yield from instrument(event, _more(row))
        if row.joint_with:
            yield from _joint_direction(event, row.joint_with)
        yield from further_directions(event)
        yield from offices(event, row.office_note)
        yield from additions(event)


def _more(row: BestValueEventRow) -> dict[str, list[object]]:
    """Return what the table says of an instrument beyond what all tables say."""
    place = RowPlace(row.key)
    more: dict[str, list[object]] = {
        "planned_end": list(planned_end(row, row.planned_end)),
    }
    if row.again:
        more["summary"] = [
            place.said(_TABLE.mapping.meanings["again"][row.again], "again", row.again)
        ]
    if row.instrument == "direction":
        more["made_under"] = [
            place.said(f"{_SECTION_15}{'/' if number else ''}{number}", "powers", printed)
            for printed, number in re.findall(r"(15(?:\((\d)\))?)", row.powers)
        ]
    return more


_TABLE = TableSource(_SOURCE, "events.csv", BestValueEventRow, _convert)
BEST_VALUE_INTERVENTIONS = ClaimSource(_TABLE, mentions, records)
