"""Read the table of the Education Secretary's acts in children's services.

A row is a direction, a notice, an appointment or the start of a trust, typed from a public page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

from pydantic import BeforeValidator

from data.records.reading import RecordFile
from data.registry.identifiers import Identities
from data.sources import SourceRows, TableSource
from data.tables.cells import Cells
from data.tables.reading import empty_as_none
from loaders.tables.cells import date_of_precision, optional_end, upper_tier_council_in
from loaders.tables.claim_source import ClaimSource, RowPlace, Sighting
from loaders.tables.events.additions import additions, trust
from loaders.tables.events.events import INSTRUMENTS, Event, Part, events, gathered
from loaders.tables.events.instruments import further_directions, instrument, replacements
from loaders.tables.events.notes import check_note, read_notes
from loaders.tables.events.offices import names_in, offices
from loaders.tables.events.rows import EventRow, event_key
from loaders.tables.events.sightings import row_sightings
from loaders.tables.pages import PageRow, page_at

SOURCE = "childrens-interventions"
FILE = "dfe_interventions_sourced.csv"
Described = Annotated[
    Literal["revised", "fourth", "fifth", "sixth", "adoption", "send"] | None,
    BeforeValidator(empty_as_none),
]


class ChildrensEventRow(EventRow):
    """An act of the Education Secretary, and what sets it apart from others of its kind."""

    described: Described


# The printed instrument and event, and ours: the instrument, and what sets it apart.
_INSTRUMENT_WORDS: dict[str, tuple[str, str, str]] = {
    "improvement notice": ("issued", "improvement-notice", ""),
    "improvement notice (adoption)": ("issued", "improvement-notice", "adoption"),
    "statutory direction": ("issued", "direction", ""),
    "statutory direction (revised)": ("issued", "direction", "revised"),
    "statutory direction (SEND)": ("issued", "direction", "send"),
    "statutory direction (4th)": ("issued", "direction", "fourth"),
    "statutory direction (5th)": ("issued", "direction", "fifth"),
    "statutory direction (6th)": ("issued", "direction", "sixth"),
    "commissioner": ("appointed", "commissioner", ""),
    "trust": ("service start", "trust", ""),
}
_KEY_WORDS: dict[str, str] = {"improvement-notice": "notice"}

# The words around the names of appointees: the office, and who is not named.
_FORMS: dict[str, tuple[str, str]] = {
    "": ("", ""),
    "*": ("commissioner", ""),
    "* (adviser)": ("adviser", ""),
    "(commissioner)": ("commissioner", "a commissioner without a name"),
    "(unnamed commissioner)": ("commissioner", "a commissioner without a name"),
    "five commissioners": ("commissioner", "five commissioners without names"),
}

# The printed kind of source, and those of our pages that it covers.
_SOURCE_KINDS: dict[str, str] = {
    "blog": "personal-page",
    "copy of gov.uk": "copy-of-official-page",
    "council": "council-page",
    "gov.uk": "official-page",
    "gov.uk (redirect capture)": "official-page",
    "hansard": "parliamentary-record",
    "hansard copy": "parliamentary-record",
    "ofsted report": "inspection-report",
    "press": "trade-press",
    "trust website": "council-page",
}

_DOMAINS: dict[str, str] = {"send": "send"}
_SOCIAL_CARE = "childrens-social-care"
_DOMAIN_NOTE = "The table is about children's social care; it says so where a row is not."
_DESCRIPTIONS: dict[str, str] = {
    "adoption": "Concerns adoption.",
    "fifth": "The fifth direction to the council.",
    "fourth": "The fourth direction to the council.",
    "revised": "A revised direction.",
    "sixth": "The sixth direction to the council.",
}

_USED = frozenset(
    {
        "gss_at_event",
        "register_code",
        "instrument",
        "event",
        "date",
        "date_precision",
        "closed_or_replaced",
        "commissioner",
        "note",
        "source_url",
        "source_kind",
    }
)
_IGNORED: dict[str, str] = {
    "authority": "the register code names the council; its names are those of the register",
}


def convert(cells: Cells) -> ChildrensEventRow:
    """Return a row of the published table in our columns.

    Raises: UnreadableTable, naming file, line, column and value.
    """
    council = upper_tier_council_in(cells).code
    event, kind, described = cells.choice("instrument", _INSTRUMENT_WORDS)
    cells.choice("event", {event: event})
    date, date_kind, reason = date_of_precision(cells, "date", "date_precision")
    key = event_key(council, cells.text("date"), _KEY_WORDS.get(kind, kind))
    names, form = names_in(cells, "commissioner", council, _FORMS)
    office, unnamed = _FORMS[form]
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
            "office": office,
            "appointees": names,
            "unnamed": unnamed,
            "page": _page(cells).slug,
            "described": described,
        }
    )
    check_note(cells, "note", SOURCE, key)
    return row


def _page(cells: Cells) -> PageRow:
    """Return the page of a row, whose kind the row names too."""
    page = page_at(cells, "source_url")
    if cells.choice("source_kind", _SOURCE_KINDS) != page.source_kind:
        cells.refuse("source_kind", f"the kind of this page: {page.source_kind}")
    return page


def sightings(rows: Sequence[ChildrensEventRow]) -> Iterable[Sighting]:
    """Yield what the rows speak of and that takes a minted identifier."""
    notes = read_notes(SOURCE)
    for row in rows:
        yield from row_sightings(SOURCE, row, notes.get(row.key, ()))


def records(rows: SourceRows[ChildrensEventRow], identities: Identities) -> Iterator[RecordFile]:
    """Yield what each page says that rows were read from."""
    return gathered(_parts(rows, identities), rows, SOURCE)


def _parts(rows: SourceRows[ChildrensEventRow], identities: Identities) -> Iterator[Part]:
    """Yield every thing that the rows speak of, with its page."""
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
    more: dict[str, list[object]] = {}
    if described in _DOMAINS:
        more["in_domain"] = [place.said(_DOMAINS[described], "described", described)]
    elif not event.facts("unknown-domain"):
        more["in_domain"] = [
            place.said(
                _SOCIAL_CARE, "instrument", row.instrument, modality="inferred", note=_DOMAIN_NOTE
            )
        ]
    if described in _DESCRIPTIONS:
        more["summary"] = [place.said(_DESCRIPTIONS[described], "described", described)]
    return more


CHILDRENS_INTERVENTIONS = ClaimSource(
    table=TableSource(
        name=SOURCE,
        table="events.csv",
        row=ChildrensEventRow,
        file=FILE,
        key=("register_code", "instrument", "date"),
        used=_USED,
        ignored=_IGNORED,
        convert=convert,
    ),
    sightings=sightings,
    records=records,
)
