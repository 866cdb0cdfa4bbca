"""The rows that the tables of interventions share: their events, and what a note of one adds.

A note is free text, so no program reads it: a person's reading of it stands in notes.csv. The
reading names the note by a hash, and a note that nobody has read, or that has changed since, is
refused with its cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from data.records.statements import MAXIMUM_WORDS_CHARACTERS
from data.tables.cells import Cells
from data.tables.table import Code, TableRow, Text, empty_as_none, read_table
from loaders.tables.council_cells import OwnArea
from loaders.tables.events.source_pages import read_pages
from ontology.dates import bounds
from ontology.errors import UnreadableDate, UnreadableTable
from ontology.identifiers import SLUG, digest


def _readable(value: str) -> str:
    try:
        bounds(value)
    except UnreadableDate as error:
        raise ValueError(str(error)) from None
    return value


def _of_one_day(value: str) -> str:
    if "/" in value:
        raise ValueError(
            "an act is of one day; a day that lies between two is written [2016-01..2016-03]"
        )
    return value


def _known_page(value: str) -> str:
    if value not in read_pages():
        raise ValueError("no such page in data/tables/pages/pages.csv")
    return value


Edtf = Annotated[str, AfterValidator(_readable)]
OptionalEdtf = Annotated[Edtf | None, BeforeValidator(empty_as_none)]
EdtfOfOneDay = Annotated[Edtf, AfterValidator(_of_one_day)]
Page = Annotated[str, AfterValidator(_known_page)]
_DateKind = Literal["stated", "page-published", "press", "inferred"]
_InstrumentKind = Literal[
    "direction", "improvement-notice", "best-value-notice", "commissioner", "trust"
]
_OfficeKind = Literal[
    "commissioner",
    "adviser",
    "improvement-partner",
    "peer-support",
    "board-chair",
    "panel-chair",
    "envoy",
]
Office = Annotated[_OfficeKind | None, BeforeValidator(empty_as_none)]


class EventRow(TableRow):
    """An act or an event of an intervention.

    The day is what the row is about: of signature, or of publication where no other is known.
    """

    key: Annotated[str, Field(pattern=r"^[a-z]{3}-\d{4}(?:-\d{2}){0,2}-[a-z0-9-]+$")]
    council: Code
    gss_code: OwnArea
    instrument: _InstrumentKind
    date: EdtfOfOneDay
    date_kind: _DateKind
    date_reason: str
    ended: Annotated[EdtfOfOneDay | None, BeforeValidator(empty_as_none)]
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


_NOTES = "notes.csv"
_NoteFact = Literal[
    "appointment",
    "dated",
    "direction",
    "ended",
    "held",
    "inferred-date",
    "left-out",
    "milestone",
    "nothing-more",
    "replaced-by",
    "replaces",
    "report-dated",
    "report-published",
    "requirement",
    "summary",
    "transfer",
    "transfer-ended",
    "unknown-domain",
]
_NoteModality = Annotated[Literal["asserted", "inferred"] | None, BeforeValidator(empty_as_none)]
_OptionalPage = Annotated[Page | None, BeforeValidator(empty_as_none)]

_COLUMNS: dict[str, tuple[str, str]] = {
    "appointment": ("value words", "modality reason"),
    "dated": ("date page", "reason"),
    "direction": ("words date", "reason"),
    "ended": ("date reason", ""),
    "held": ("date", "page"),
    "inferred-date": ("date reason", ""),
    "left-out": ("words reason", ""),
    "milestone": ("words date", ""),
    "nothing-more": ("", ""),
    "replaced-by": ("value", ""),
    "replaces": ("value", ""),
    "report-dated": ("value words date", ""),
    "report-published": ("value words date", ""),
    "requirement": ("value words", "date page"),
    "summary": ("words", "page"),
    "transfer": ("value words date", "modality reason"),
    "transfer-ended": ("date", "page reason"),
    "unknown-domain": ("reason", ""),
}
"""The columns that each kind of fact needs, and those that it may have besides."""


_DOCUMENT_FACTS = frozenset({"report-dated", "report-published"})


class NoteRow(TableRow):
    """One fact that a note adds to an event, or what of it is left out and why.

    What the value is depends on the fact: the kind of office, the key of the event replaced, the
    kind of action or of arrangement, the document. The words are the project's own.
    """

    key: Annotated[str, Field(pattern=rf"^{SLUG}/{SLUG}$")]
    event: Text
    note: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    fact: _NoteFact
    value: str
    words: Annotated[str, Field(max_length=MAXIMUM_WORDS_CHARACTERS)]
    date: OptionalEdtf
    modality: _NoteModality
    page: _OptionalPage
    reason: str

    @model_validator(mode="after")
    def complete(self) -> NoteRow:
        """Check that the fact has the columns that it needs, and no others."""
        needed, possible = (set(columns.split()) for columns in _COLUMNS[self.fact])
        filled = {
            name
            for name in ["value", "words", "date", "modality", "page", "reason"]
            if getattr(self, name)
        }
        if needed - filled or filled - needed - possible:
            raise ValueError(
                f"the fact {self.fact} needs {_listed(needed)} and may have {_listed(possible)}; "
                f"found {_listed(filled)}"
            )
        if not self.key.startswith(f"{self.event}/"):
            raise ValueError(f"the key begins with the event: {self.event}/")
        if self.fact in _DOCUMENT_FACTS and not re.fullmatch(SLUG, self.value):
            raise ValueError(f"the value of the fact {self.fact} is the name of a document")
        return self

    @property
    def certainty(self) -> dict[str, str]:
        """The manner of a statement made from the note: inferred or not, and why."""
        return {"modality": self.modality or "asserted"} | (
            {"note": self.reason} if self.reason else {}
        )


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"


Notes = Mapping[str, Sequence[NoteRow]]
"""The facts by the key of their event."""


@cache
def read_notes(source: str) -> Notes:
    """Return what the notes of a source add.

    Raises: UnreadableTable, naming line and column.
    """
    notes: dict[str, list[NoteRow]] = {}
    for row in read_table(source, _NOTES, NoteRow):
        notes.setdefault(row.event, []).append(row)
    return notes


def check_note(cells: Cells, column: str, source: str, event: str) -> None:
    """Check that the note of a row is the one that was read.

    Raises: UnreadableTable for a note that is new, has changed, or is gone.
    """
    note = cells.optional(column)
    read = {row.note for row in read_notes(source).get(event, ())}
    if read != ({digest(note)} if note else set()):
        cells.refuse(
            column,
            f"the note that was read for {event}; read it and say in data/tables/{source}/{_NOTES} "
            f"what it adds (note {digest(note) if note else 'gone'})",
        )


def check_events(notes: Notes, known: set[str], source: str) -> None:
    """Check that every note belongs to an event of the table.

    Raises: UnreadableTable, naming the note.
    """
    lost = sorted(set(notes) - known)
    if lost:
        raise UnreadableTable(
            f"{source}/{_NOTES}: {notes[lost[0]][0].key}: there is no event {lost[0]}; "
            "correct the key, or see why the event is gone"
        )
