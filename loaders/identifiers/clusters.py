"""Collect the rows that speak of things, and join those that prove to be one thing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from data.registry.identifiers import REGISTERS, source_of
from data.sources import read_source
from loaders.identifiers.windows import Window, window
from loaders.tables.claim_source import ClaimSource, Sighting
from ontology.errors import UnknownIdentifier, UnreadableTable


@dataclass(frozen=True)
class RowCluster:
    """Rows that are certainly one thing, by the proof that they share; mostly a single row."""

    kind: str
    council: str
    rows: tuple[str, ...]
    span: Window | None
    description: str

    @property
    def sources(self) -> set[str]:
        """The sources of the rows."""
        return {source_of(row) for row in self.rows}

    def __str__(self) -> str:
        """Return the group for people."""
        return f"{', '.join(self.rows)} ({self.description}; {self.span or 'no date'})"


def sightings(sources: Iterable[ClaimSource[Any]], data: Path | None) -> Iterator[Sighting]:
    """Yield what the rows of all sources speak of.

    In: a folder of publishers' files, which are read in place of our tables.
    Raises: UnreadableTable, naming file, line, column and value.
    """
    for source in sources:
        for sighting in source.sightings(read_source(source.table, data).rows):
            if source_of(sighting.row) != source.table.name:
                raise UnreadableTable(
                    f"{sighting.row}: a row of {source.table.name} must begin with it"
                )
            yield sighting


def grouped(sightings: Iterable[Sighting]) -> list[RowCluster]:
    """Return the sightings joined by proof of identity, by date and then by name.

    Raises: UnreadableTable for a row that stands twice, or a proof that joins two councils.
    """
    ordered = sorted(sightings, key=lambda sighting: sighting.row)
    for sighting, following in pairwise(ordered):
        if sighting.row == following.row:
            raise UnreadableTable(
                f"{sighting.row}: the row stands twice; each needs a key of its own"
            )
    joined: dict[tuple[str, str], list[Sighting]] = {}
    for sighting in ordered:
        proof = f"same:{sighting.same_as}" if sighting.same_as else f"row:{sighting.row}"
        joined.setdefault((sighting.kind, proof), []).append(sighting)
    groups = [_group(members) for members in joined.values()]
    return sorted(groups, key=lambda group: (group.span is None, str(group.span), group.rows))


def _group(members: Sequence[Sighting]) -> RowCluster:
    first = members[0]
    rows = tuple(sighting.row for sighting in members)
    if first.kind not in REGISTERS:
        raise UnknownIdentifier(
            f"{first.row}: no register for {first.kind!r}; expected one of {', '.join(REGISTERS)}"
        )
    councils = sorted({sighting.council for sighting in members})
    if len(councils) > 1:
        raise UnreadableTable(
            f"{', '.join(rows)}: one {first.kind} ({first.same_as}) of several councils "
            f"({', '.join(councils)}); correct the council of a row"
        )
    span: Window | None = None
    for sighting in members:
        own = window(sighting.earliest, sighting.latest)
        span = own.joined(span) if own else span
    return RowCluster(first.kind, first.council, rows, span, first.description)
