"""An event of an intervention with what belongs to it: its row, its note, its identifiers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from data.records.files import RecordFile
from data.records.statements import Passage
from data.registry.identifiers import Identities
from data.sources import SourceRows
from data.tables.metadata import read_metadata
from loaders.tables.events.pages import PageContents
from loaders.tables.events.rows import EventRow, NoteRow, Notes, check_events
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
