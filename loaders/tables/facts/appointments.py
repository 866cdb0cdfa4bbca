"""Read the table of appointments: a row is what one page says of one appointment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

from pydantic import BeforeValidator, model_validator

from data.records.files import RecordFile
from data.registry.identifiers import Identities
from data.sources import OwnTable, SourceRows
from data.tables.table import TableRow, Text, empty_as_none
from loaders.tables.claim_source import FactSource, Mention
from loaders.tables.events.source_pages import PageContents
from loaders.tables.facts.columns import (
    Council,
    DateKind,
    Key,
    OptionalEdtf,
    Page,
    RegimeName,
    Summary,
)
from ontology.dates import bounds

_FOLDER = "appointments"
_Optional = Annotated[str | None, BeforeValidator(empty_as_none)]


class AppointmentRow(TableRow):
    """What one page says of one appointment.

    The holder is a name as it is printed, decided in data/decisions/people.csv, or a reference such
    as organisation/ofsted; the act under which it was made is the key of a row of the table of
    acts, or a reference such as direction/ROT-2014-01.
    """

    key: Key
    holder: Text
    office: Text
    title: Summary
    council: Council
    regime: RegimeName
    held_from: OptionalEdtf
    held_to: OptionalEdtf
    date_kind: DateKind
    appointed_by: _Optional
    under: str
    planned_to: OptionalEdtf
    page: Page

    @model_validator(mode="after")
    def coherent(self) -> AppointmentRow:
        """Check that no office ends before it begins."""
        if self.held_from and self.held_to:
            first, last = bounds(self.held_from)[0], bounds(self.held_to)[1]
            if first and last and last < first:
                raise ValueError(
                    f"the office ends ({self.held_to}) before it begins ({self.held_from})"
                )
        return self


def mentions(_: Sequence[AppointmentRow]) -> Iterator[Mention]:
    """Yield the appointment of every row."""
    return iter(())


def records(rows: SourceRows[AppointmentRow], _: Identities) -> Iterable[RecordFile]:
    """Yield what each page says that rows were read from."""
    return PageContents().files(f"{_FOLDER}/{rows.file}", rows.text)


APPOINTMENTS = FactSource(OwnTable(_FOLDER, AppointmentRow), mentions, records)
