"""Read the area inspections of special educational needs: an outcome each, and never a grade."""

from datetime import date
from functools import partial
from typing import Annotated, Any

from pydantic import AfterValidator, ValidationInfo

from data.sources import TableSource
from data.tables.cells import Cells
from data.tables.table import Day
from loaders.tables.claim_source import ClaimSource
from loaders.tables.dates import date_words
from loaders.tables.inspections.area_inspections import AreaInspections
from loaders.tables.inspections.inspected_rows import (
    AreaRow,
    InspectionRowClaims,
    disorder,
    printed_in,
    published_day,
    read_area,
)

_TABLE = "inspections.csv"
_SOURCE = "send-area-inspections"
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


def _told(inspected: _SendClaims) -> dict[str, list[Any]]:
    row, place, meanings = inspected.row, inspected.place, SEND_TABLE.mapping.meanings
    more: dict[str, list[Any]] = {}
    if outcome := meanings["outcome"].get(row.outcome):
        more["outcome"] = [place.said(outcome, "outcome", row.outcome)]
    if row.previous_on:
        day = str(row.previous_on)
        more["previous_inspection"] = [place.time(date_words(day), "previous_on", date=day)]
    if within := meanings["next_within"].get(row.next_within):
        more["next_inspection_within"] = [place.said(within, "next_within", row.next_within)]
    return more


_INSPECTIONS = AreaInspections(_SOURCE, "area-send-2023", "AreaSendInspection", _told)
SEND_TABLE = TableSource(_SOURCE, _TABLE, SendInspectionRow, _convert)
SEND_AREA_INSPECTIONS = ClaimSource(SEND_TABLE, _INSPECTIONS.mentions, _INSPECTIONS.records)
