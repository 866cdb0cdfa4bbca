"""Read the focused visits: the days, the letter, and how many areas for priority action it sets."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo

from data.records.files import RecordFile
from data.records.form import CitedDocument, Inspection, Listing
from data.records.statements import Said, Time
from data.registry.identifiers import Identities
from data.sources import SourceRows, TableSource
from data.tables.cells import Cells
from data.tables.table import Code, Day, TableRow
from loaders.tables.claim_source import ClaimSource, Mention, RowPlace
from loaders.tables.council_cells import OwnUrn
from loaders.tables.dates import date_words
from loaders.tables.inspections.inspected_rows import (
    EDITIONS,
    INSPECTORATE,
    council_of_the_day,
    framework_in_use,
    listing_document,
)

_TABLE = "visits.csv"
_SOURCE = "focused-visits"
_CLASS = "FocusedVisit"
_PROVIDER = "https://reports.ofsted.gov.uk/provider/44/"
"""Where Ofsted keeps the letters to a council, before the council's number there."""


def _ordered(last: date, info: ValidationInfo) -> date:
    """Return the last day on site if it does not lie before the first."""
    first = info.data.get("on_site_from")
    if first and last < first:
        raise ValueError(f"expected a day from the first on site ({first})")
    return last


def _afterwards(written: date | None, info: ValidationInfo) -> date | None:
    """Return the day of a letter if it lies after the visit."""
    last = info.data.get("on_site_to")
    if written and last and written < last:
        raise ValueError(f"expected a day after the visit ({last})")
    return written


def _own_key(on_site_from: date, info: ValidationInfo) -> date:
    """Return the first day on site if the key of the row is made of it and the council."""
    council = str(info.data.get("council", "")).lower()
    if info.data.get("key") != (key := f"{council}-{on_site_from}-visit"):
        raise ValueError(f"expected the key {key} for this council and day")
    return on_site_from


class FocusedVisitRow(TableRow):
    """A visit, with the letter about it; `filed_on` is the day under which its file is kept."""

    key: Annotated[str, Field(pattern=r"^[a-z]{3}-[0-9]{4}-[0-9]{2}-[0-9]{2}-visit$")]
    council: Code
    urn: OwnUrn
    on_site_from: Annotated[date, AfterValidator(_own_key)]
    on_site_to: Annotated[date, AfterValidator(_ordered)]
    letter_dated: Annotated[Day, AfterValidator(_afterwards)]
    filed_on: Annotated[date, AfterValidator(_afterwards)]
    areas_for_priority_action: Annotated[int, Field(ge=0, le=20)]

    @property
    def row(self) -> str:
        """The name of the row in registers and decisions."""
        return f"{_SOURCE}/{self.key}"

    @property
    def letter(self) -> str:
        """The name of the letter among the documents."""
        return f"ofsted-letter-{self.key}"

    @property
    def place(self) -> RowPlace:
        """The row as the place of statements."""
        return RowPlace(self.key)


def _convert(cells: Cells) -> FocusedVisitRow:
    """Return a published row in our columns."""
    first, last, filed = (
        cells.day(column) or cells.refuse(column, "a day")
        for column in ("on_site_from", "on_site_to", "file_label")
    )
    council, written = council_of_the_day(cells, first), cells.day("letter_date")
    if cells.text("register_code") != council.code:
        cells.refuse("register_code", f"{council.code}, the council of that number on that day")
    for column, day, earliest in (
        ("on_site_to", last, first),
        ("letter_date", written, last),
        ("file_label", filed, last),
    ):
        if day and day < earliest:
            cells.refuse(column, f"a day not before {earliest}")
    return FocusedVisitRow(
        key=f"{council.code.lower()}-{first}-visit",
        council=council.code,
        urn=cells.text("urn"),
        on_site_from=first,
        on_site_to=last,
        letter_dated=written,
        filed_on=filed,
        areas_for_priority_action=int(
            cells.matching("areas_for_priority_action", "1?[0-9]|20", "0, 2 or 5")
        ),
    )


def mentions(rows: Sequence[FocusedVisitRow]) -> Iterator[Mention]:
    """Yield the visits that the rows speak of."""
    for row in rows:
        yield Mention(
            row=row.row,
            kind="inspection",
            council=row.council,
            earliest=row.on_site_from,
            latest=row.letter_dated or row.filed_on,
            description=f"Focused visit; on site from {date_words(str(row.on_site_from))}",
            class_name=_CLASS,
        )


def records(rows: SourceRows[FocusedVisitRow], identities: Identities) -> list[RecordFile]:
    """Return what the rows say, as one record.

    Raises: UnknownIdentifier for a row without an identity.
    """
    listing = Listing(
        document=listing_document(_SOURCE, rows),
        documents=[_letter(row) for row in rows.rows],
        inspections=[_visit(row, identities.local(row.row, "inspection")) for row in rows.rows],
    )
    return [RecordFile(f"{_SOURCE}/{rows.file}", rows.text, listing)]


def _day(row: FocusedVisitRow, column: str, **manner: str) -> Time:
    day = str(getattr(row, column))
    return row.place.time(date_words(day), column, date=day, **manner)


def _letter(row: FocusedVisitRow) -> CitedDocument:
    """Return the letter as a document, at the page of the council on which Ofsted keeps it."""
    place = row.place
    return CitedDocument(
        id=row.letter,
        kind="letter",
        at="key",
        row=row.key,
        words=row.key,
        title=[place.said(f"letter about a focused visit ({row.key})", "key", row.key)],
        council=[place.said(row.council, "urn", row.urn)],
        author=[place.said(INSPECTORATE, "urn", row.urn)],
        dated=[_day(row, "letter_dated")] if row.letter_dated else [],
        published=[_day(row, "filed_on")],
        address=[place.said(f"{_PROVIDER}{row.urn}", "urn", row.urn)],
    )


def _visit(row: FocusedVisitRow, local: str) -> Inspection:
    place, first, last = row.place, row.on_site_from, row.on_site_to
    days = str(first) if first == last else f"{first}/{last}"
    count = str(row.areas_for_priority_action)
    return Inspection(
        id=local,
        at="key",
        row=row.key,
        words=row.key,
        kind=[place.said(_CLASS, "key", row.key)],
        council=[place.said(row.council, "urn", row.urn)],
        framework=_framework(row),
        conducted_by=[place.said(INSPECTORATE, "urn", row.urn)],
        on_site=[place.time(f"{first} to {last}", "on_site_from, on_site_to", date=days)],
        letter_dated=[_letter_day(row)],
        report=[place.said(row.letter, "key", row.key)],
        areas_for_priority_action=[place.said(count, "areas_for_priority_action")],
    )


def _letter_day(row: FocusedVisitRow) -> Time:
    """Return the day of the letter, or the one under which it is kept where its own is unknown."""
    if row.letter_dated:
        return _day(row, "letter_dated")
    reason = "the day of the letter itself is not known; this is the day of the label of its file"
    return _day(row, "filed_on", modality="inferred", note=reason)


def _framework(row: FocusedVisitRow) -> list[Said]:
    """Return the framework that was in use on the first day of the visit."""
    day = row.on_site_from
    if (edition := framework_in_use(day, day, EDITIONS)) is None:
        return []
    note = "The framework that was in use on the first day on site."
    said = row.place.said(edition, "on_site_from", str(day), modality="inferred", note=note)
    return [said]


VISITS = TableSource(_SOURCE, _TABLE, FocusedVisitRow, _convert)
FOCUSED_VISITS = ClaimSource(VISITS, mentions, records)
