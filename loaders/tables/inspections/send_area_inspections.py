"""Read the area inspections of special educational needs: an outcome each, and never a grade."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Annotated, Any

from pydantic import AfterValidator, ValidationInfo

from data.records.files import RecordFile
from data.records.form import Inspection, Listing
from data.registry.identifiers import Identities
from data.sources import SourceRows, TableSource
from data.tables.cells import Cells
from data.tables.table import Day
from loaders.tables.claim_source import ClaimSource, Mention
from loaders.tables.dates import date_words
from loaders.tables.inspections.inspected_rows import (
    AreaRow,
    InspectionRowClaims,
    disorder,
    listing_document,
    printed_in,
    published_day,
    read_area,
)

_TABLE = "inspections.csv"
_SOURCE = "send-area-inspections"
_FRAMEWORK = "area-send-2023"
_CLASS = "AreaSendInspection"
_NO_DAY = date(1900, 1, 1)
"""What a spreadsheet makes of an empty cell that is to hold a day."""
_printed = partial(printed_in, _SOURCE, _TABLE)


def _earlier(previous: date | None, info: ValidationInfo) -> date | None:
    """Return the day of the previous inspection if it lies before the days of this one."""
    first = info.data.get("on_site_from") or info.data.get("published_on")
    if previous and first and previous >= first:
        raise ValueError(f"expected a day before this inspection ({first})")
    return previous


class SendInspectionRow(AreaRow):
    """A report on an area, with its outcome and what it says of the inspections beside it."""

    outcome: Annotated[str, _printed("outcome_grade")]
    previous_on: Annotated[Day, AfterValidator(_earlier)]
    next_within: Annotated[str, _printed("next_inspection")]


_SendClaims = InspectionRowClaims[SendInspectionRow]


def _convert(cells: Cells) -> SendInspectionRow:
    """Return a published row in our columns; outcome and terms stay as printed."""
    first, last = cells.day("inspection_start_date"), cells.day("inspection_end_date")
    if fault := disorder(first, last, published_day(cells)):
        cells.refuse("inspection_end_date", fault)
    values: dict[str, Any] = dict(read_area(cells, first, last))
    previous = cells.day("previous_inspection_date")
    values["previous_on"] = None if previous == _NO_DAY else previous
    return SendInspectionRow.model_validate(values)


def mentions(rows: Sequence[SendInspectionRow]) -> Iterator[Mention]:
    """Yield the inspections that the rows speak of."""
    for row in rows:
        yield InspectionRowClaims(_SOURCE, row).mention(_FRAMEWORK, _CLASS)


def records(rows: SourceRows[SendInspectionRow], identities: Identities) -> list[RecordFile]:
    """Return what the rows say, as one record.

    Raises: UnknownIdentifier for a row without an identity.
    """
    inspections = [InspectionRowClaims(_SOURCE, row) for row in rows.rows]
    listing = Listing(
        document=listing_document(_SOURCE, rows),
        documents=[inspected.cited() for inspected in inspections],
        inspections=[_inspection(inspected, identities) for inspected in inspections],
    )
    return [RecordFile(f"{_SOURCE}/{rows.file}", rows.text, listing)]


def _inspection(inspected: _SendClaims, identities: Identities) -> Inspection:
    row, place, meanings = inspected.row, inspected.place, SEND_TABLE.mapping.meanings
    more: dict[str, list[Any]] = {}
    if outcome := meanings["outcome"].get(row.outcome):
        more["outcome"] = [place.said(outcome, "outcome", row.outcome)]
    if row.previous_on:
        day = str(row.previous_on)
        more["previous_inspection"] = [place.time(date_words(day), "previous_on", date=day)]
    if within := meanings["next_within"].get(row.next_within):
        more["next_inspection_within"] = [place.said(within, "next_within", row.next_within)]
    return inspected.inspection(
        identities.local(inspected.name, "inspection"),
        place.said(_CLASS, "report", row.report),
        place.said(_FRAMEWORK, "report", row.report),
        [],
        **more,
    )


SEND_TABLE = TableSource(_SOURCE, _TABLE, SendInspectionRow, _convert)
SEND_AREA_INSPECTIONS = ClaimSource(SEND_TABLE, mentions, records)
