"""Read the table of the Education Secretary's acts in children's services.

A row is a direction, a notice, an appointment or the start of a trust, typed from a public page.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

from pydantic import BeforeValidator

from data.records.files import RecordFile
from data.registry.identifiers import Identities
from data.sources import SourceRows, TableSource
from data.tables.cells import Cells
from data.tables.table import empty_as_none
from loaders.tables.claim_source import ClaimSource, Mention, RowPlace
from loaders.tables.council_cells import upper_tier_council_in
from loaders.tables.dates import date_of_precision, optional_end
from loaders.tables.events.acts import (
    additions,
    further_directions,
    instrument,
    replacements,
    trust,
)
from loaders.tables.events.event import INSTRUMENTS, Event, Part, events, gathered
from loaders.tables.events.mentions import row_mentions
from loaders.tables.events.offices import names_in, offices
from loaders.tables.events.rows import EventRow, check_note, event_key, read_notes
from loaders.tables.events.source_pages import PageRow, page_at

SOURCE = "childrens-interventions"
_Described = Annotated[
    Literal["revised", "fourth", "fifth", "sixth", "adoption", "send"] | None,
    BeforeValidator(empty_as_none),
]


class ChildrensEventRow(EventRow):
    """An act of the Education Secretary, and what sets it apart from others of its kind."""

    described: _Described


_NUMBER_NOTE = "A direction that is counted after others takes the place of the one before it."
_DOMAIN_NOTE = "The table is about children's social care; it says so where a row is not."


def _convert(cells: Cells) -> ChildrensEventRow:
    council = upper_tier_council_in(cells).code
    instrument = cells.phrase("instrument")
    kind = instrument["instrument"]
    event = cells.mapping.meanings["event"][kind]
    cells.choice("event", {event: event})
    date, date_kind, reason = date_of_precision(cells, "date", "date_precision")
    key = event_key(council, cells.text("date"), cells.mapping.meanings["key"][kind])
    names, form = names_in(cells, "commissioner", council)
    row = ChildrensEventRow.model_validate(
        {
            "key": key,
            "council": council,
            "gss_code": cells.text("gss_at_event"),
            "instrument": kind,
            "date": date,
            "date_kind": date_kind,
            "date_reason": reason,
            "ended": optional_end(cells, "closed_or_replaced", date),
            "office": form.get("office", ""),
            "appointees": names,
            "unnamed": form.get("unnamed", ""),
            "page": _page(cells).slug,
            "described": instrument.get("described", ""),
        }
    )
    check_note(cells, "note", SOURCE, key)
    return row


def _page(cells: Cells) -> PageRow:
    """Return the page of a row, whose kind the row names too."""
    page = page_at(cells, "source_url")
    if cells.word("source_kind") != page.source_kind:
        cells.refuse("source_kind", f"the kind of this page: {page.source_kind}")
    return page


def mentions(rows: Sequence[ChildrensEventRow]) -> Iterable[Mention]:
    """Yield what the rows speak of and that takes a minted identifier."""
    notes = read_notes(SOURCE)
    for row in rows:
        yield from row_mentions(SOURCE, row, notes.get(row.key, ()))


def records(rows: SourceRows[ChildrensEventRow], identities: Identities) -> Iterator[RecordFile]:
    """Yield what each page says that rows were read from."""
    return gathered(_parts(rows, identities), rows, SOURCE)


def _parts(rows: SourceRows[ChildrensEventRow], identities: Identities) -> Iterator[Part]:
    for row, event in events(SOURCE, rows.rows, read_notes(SOURCE), identities):
        if row.instrument in INSTRUMENTS:
            yield from instrument(event, _more(row, event))
        elif row.instrument == "trust":
            yield from trust(event)
        yield from replacements(event)
        yield from further_directions(event)
        yield from offices(event)
        yield from additions(event)


def _more(row: ChildrensEventRow, event: Event) -> dict[str, list[object]]:
    """Return what the table says of an instrument beyond what all tables say."""
    place, described = RowPlace(row.key), row.described or ""
    meanings = _TABLE.mapping.meanings
    more: dict[str, list[object]] = {}
    if described and described in meanings["domain"]:
        more["in_domain"] = [place.said(meanings["domain"][described], "described", described)]
    elif not event.facts("unknown-domain"):
        more["in_domain"] = [
            place.said(
                meanings["domain"][""],
                "instrument",
                row.instrument,
                modality="inferred",
                note=_DOMAIN_NOTE,
            )
        ]
    if description := meanings["described"].get(described):
        more["summary"] = [place.said(description, "described", described)]
    if change := meanings["change"].get(described):
        manner = {} if change == described else {"modality": "inferred", "note": _NUMBER_NOTE}
        more["change"] = [place.said(change, "described", described, **manner)]
    return more


_TABLE = TableSource(SOURCE, "events.csv", ChildrensEventRow, _convert)
CHILDRENS_INTERVENTIONS = ClaimSource(_TABLE, mentions, records)
