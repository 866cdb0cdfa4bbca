"""An event of an intervention: its row, what its note adds, its times, and its identifiers."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from data.records.files import RecordFile
from data.records.statements import Passage, Time
from data.registry.identifiers import Identities
from data.sources import SourceRows
from data.tables.metadata import read_metadata
from loaders.tables.claim_source import RowPlace
from loaders.tables.events.rows import EventRow, NoteRow, Notes, check_events
from loaders.tables.events.source_pages import PageContents
from ontology.dates import bounds, ends_of
from ontology.errors import UnreadableTable

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
            row.date, "date", date=f"[..{row.date}]", status="inferred", reason=_PUBLISHED_REASON
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
    count = int(years.group(1))
    ends = ends_of(row.date)
    end = f"[{'..'.join(_later(one, count) for one in ends)}]" if ends else _later(row.date, count)
    # The cell is in our own notation, which no source says and no reader of an answer knows.
    words = f"{count} years" if count != 1 else "1 year"
    reason = f"{words} after the act"
    return [place.time(words, "planned_end", date=end, status="inferred", reason=reason)]


def _later(point: str, years: int) -> str:
    """Return the month or the year so many years after a point in time; an open end stays open."""
    return f"{int(point[:4]) + years}{point[4:7]}" if point[:1].isdigit() else ""


def is_readable_plan(value: str) -> bool:
    """Return whether a planned end is a number of years, such as P5Y."""
    return _YEARS.fullmatch(value) is not None


def since(row: EventRow) -> Time:
    """Return when an appointment was taken up: of the time in office, only the begin is known."""
    note = _PRESS_NOTE if row.date_kind == "press" else None
    return RowPlace(row.key).time(row.date, "date", date=row.date, note=note)


def later_end(row: EventRow, edtf: str) -> bool:
    """Return whether the end of a row does not lie before a date."""
    if row.ended is None:
        return False
    first, last = bounds(edtf)[0], bounds(row.ended)[1]
    return first is None or last is None or first <= last


E = TypeVar("E", bound=EventRow)

Part = tuple[str, str, Passage]
"""The page that speaks of a thing, the section of a record that the thing belongs to, the thing."""

INSTRUMENTS: dict[str, tuple[str, str]] = {
    "direction": ("direction", "Direction"),
    "improvement-notice": ("notice", "ImprovementNotice"),
    "best-value-notice": ("notice", "BestValueNotice"),
}
"""The kind of identifier and the class of each instrument."""


@dataclass(frozen=True)
class Event:
    """An event: its row, what its note adds, and the other rows of its table by their keys."""

    source: str
    row: EventRow
    notes: Sequence[NoteRow]
    others: Mapping[str, EventRow]
    identities: Identities

    @property
    def regime(self) -> str:
        """The regime to which the table belongs."""
        return read_metadata(self.source).regime

    @property
    def is_direction(self) -> bool:
        """Return whether the event is a direction."""
        return self.row.instrument == "direction"

    def facts(self, *kinds: str) -> list[NoteRow]:
        """Return the facts of some kinds that the note adds."""
        return [note for note in self.notes if note.fact in kinds]

    def local(self, kind: str, *key: str) -> str:
        """Return the minted identifier of what the row speaks of, or another row of the source."""
        return self.identities.local("/".join((self.source, *(key or (self.row.key,)))), kind)

    def noted(self, note: NoteRow) -> tuple[EventRow, str]:
        """Return the row of an instrument that a note names, and the instrument as a reference.

        Raises: UnreadableTable for an event that the table does not have.
        """
        row = self.others.get(note.value)
        if row is None or row.instrument not in INSTRUMENTS:
            raise UnreadableTable(
                f"{self.source}/notes.csv: {note.key}, column value: {note.value!r}; "
                "expected the key of a direction or notice"
            )
        return row, self.reference(row)

    def reference(self, row: EventRow) -> str:
        """Return the instrument of a row as a reference."""
        kind = INSTRUMENTS[row.instrument][0]
        return f"{kind}/{self.local(kind, row.key)}"


def events(
    source: str, rows: Sequence[E], notes: Notes, identities: Identities
) -> Iterator[tuple[E, Event]]:
    """Yield every row with its event.

    Raises: UnreadableTable for a row that stands twice, or a note without its row.
    """
    others: dict[str, EventRow] = {}
    for row in rows:
        if others.setdefault(row.key, row) is not row:
            raise UnreadableTable(f"{source}: {row.key} stands twice; keep one row")
    check_events(notes, set(others), source)
    for row in rows:
        yield row, Event(source, row, notes.get(row.key, ()), others, identities)


def gathered(parts: Iterable[Part], rows: SourceRows[E], source: str) -> Iterator[RecordFile]:
    """Yield what each page says, from the parts that the rows give."""
    contents = PageContents()
    for page, section, part in parts:
        contents.add(page, section, part)
    return contents.files(f"{source}/{rows.file}", rows.text)
