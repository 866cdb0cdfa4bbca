"""An event of an intervention: its row, its note, and the things that need an identifier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from data.records.files import RecordFile
from data.records.statements import Passage, Time
from data.registry.identifiers import Identities
from data.sources import SourceRows
from data.tables.metadata import read_metadata
from loaders.tables.claim_source import Sighting
from loaders.tables.dates import date_words
from loaders.tables.events.offices import Holder, holder, holders
from loaders.tables.events.pages import PageContents
from loaders.tables.events.rows import EventRow, NoteRow, Notes, check_events
from loaders.tables.events.times import begun
from ontology.dates import bounds
from ontology.errors import UnreadableTable

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


REGIME_WORDS: dict[str, str] = {
    "childrens-services": "Children's services",
    "best-value": "Best value",
}
_KIND_WORDS: dict[str, str] = {
    "improvement-notice": "Improvement notice",
    "best-value-notice": "Best value notice",
    "trust": "Children's services to a trust",
}


def row_sightings(source: str, row: EventRow, notes: Sequence[NoteRow]) -> Iterator[Sighting]:
    """Yield every thing that a row and its note speak of and that takes a minted identifier."""
    regime, time = read_metadata(source).regime, begun(row, notes)
    said = _date_words(row, time)
    if row.instrument in INSTRUMENTS or row.instrument == "trust":
        kind = INSTRUMENTS[row.instrument][0] if row.instrument != "trust" else "transfer"
        words = _KIND_WORDS.get(row.instrument, REGIME_WORDS[regime])
        proof = same_day(regime, row) if kind == "direction" else None
        yield _sighting(f"{source}/{row.key}", kind, row.council, time, f"{words}; {said}", proof)
    for member in holders(row.appointees, row.council):
        yield _appointment(source, row, member, row.office or "", time, said)
    for note in notes:
        if note.fact == "appointment":
            member = holder(note.words, row.council)
            yield _appointment(source, row, member, note.value, time, said)
        elif note.fact in ("direction", "transfer") and note.date:
            words = REGIME_WORDS[regime] if note.fact == "direction" else note.words.rstrip(".")
            earliest, latest = bounds(note.date)
            yield Sighting(
                row=f"{source}/{note.key}",
                kind=note.fact,
                council=row.council,
                earliest=earliest,
                latest=latest,
                description=f"{words}; {date_words(note.date)}",
            )


def _date_words(row: EventRow, time: Time) -> str:
    """Return the date of a row in words, and that it is the day of publication if it is."""
    if row.date_kind == "page-published":
        return f"published {date_words(row.date)}"
    return date_words(time.date or row.date)


def same_day(regime: str, row: EventRow) -> str | None:
    """Return what proves that rows speak of one direction: its council, regime and day.

    A minister's directions to one council under one regime on one day are one act.
    """
    to_the_day = row.date_kind == "stated" and len(row.date) == len("2015-02-26")
    return f"{regime}/{row.council}/{row.date}" if to_the_day else None


def _appointment(
    source: str, row: EventRow, member: Holder, office: str, time: Time, said: str
) -> Sighting:
    """Return the sighting of an appointment, which lies about its act."""
    description = f"{member.name} as {office.replace('-', ' ')}; {said}"
    return _sighting(
        f"{source}/{row.key}/{member.slug}", "appointment", row.council, time, description, None
    )


def _sighting(
    row: str, kind: str, council: str, time: Time, description: str, proof: str | None
) -> Sighting:
    reading = time.reading
    return Sighting(row, kind, council, reading.earliest, reading.latest, description, proof)
