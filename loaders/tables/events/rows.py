"""The columns that the tables of interventions share."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from data.records.statements import MAXIMUM_WORDS_CHARACTERS
from data.tables.table import Code, TableRow, empty_as_none
from loaders.tables.council_cells import OwnArea
from loaders.tables.events.pages import read_pages
from ontology.dates import bounds
from ontology.errors import UnreadableDate


def _readable(value: str) -> str:
    """Return a date in EDTF if it can be read."""
    try:
        bounds(value)
    except UnreadableDate as error:
        raise ValueError(str(error)) from None
    return value


def _known_page(value: str) -> str:
    """Return the slug of a page that the table of pages holds."""
    if value not in read_pages():
        raise ValueError("no such page in data/tables/pages/pages.csv")
    return value


Edtf = Annotated[str, AfterValidator(_readable)]
OptionalEdtf = Annotated[Edtf | None, BeforeValidator(empty_as_none)]
Page = Annotated[str, AfterValidator(_known_page)]
DateKind = Literal["stated", "page-published", "press", "inferred"]
Instrument = Literal[
    "direction", "improvement-notice", "best-value-notice", "commissioner", "trust"
]
OfficeKind = Literal[
    "commissioner",
    "adviser",
    "improvement-partner",
    "peer-support",
    "board-chair",
    "panel-chair",
    "envoy",
]
Office = Annotated[OfficeKind | None, BeforeValidator(empty_as_none)]


class EventRow(TableRow):
    """An act or an event of an intervention.

    The day is what the row is about: of signature, or of publication where no other is known.
    """

    key: Annotated[str, Field(pattern=r"^[a-z]{3}-\d{4}(?:-\d{2}){0,2}-[a-z0-9-]+$")]
    council: Code
    gss_code: OwnArea
    instrument: Instrument
    date: Edtf
    date_kind: DateKind
    date_reason: str
    ended: OptionalEdtf
    office: Office
    appointees: str
    unnamed: Annotated[str, Field(max_length=MAXIMUM_WORDS_CHARACTERS)]
    page: Page

    @model_validator(mode="after")
    def coherent(self) -> EventRow:
        """Check that an inferred date has a reason, and that names come with an office."""
        if (self.date_kind == "inferred") != bool(self.date_reason):
            raise ValueError("an inferred date needs a reason, and no other date has one")
        if self.office is None and (self.appointees or self.unnamed):
            raise ValueError("appointees need an office")
        return self


def event_key(council: str, printed: str, word: str) -> str:
    """Return the key of a row.

    >>> event_key("BRD", "2021-09", "direction")
    'brd-2021-09-direction'
    """
    return f"{council.lower()}-{printed}-{word}"
