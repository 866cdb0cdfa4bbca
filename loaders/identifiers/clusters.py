"""Collect the rows that speak of things, and join those that prove to be one thing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from data.registry.identifiers import REGISTERS, source_of
from loaders.identifiers.windows import Window, window
from loaders.tables.claim_source import ClaimSource, FactSource, Mention
from ontology.errors import UnknownIdentifier, UnreadableTable


@dataclass(frozen=True)
class RowCluster:
    """Rows that are certainly one thing, by the proof that they share; mostly a single row."""

    kind: str
    council: str
    rows: tuple[str, ...]
    span: Window | None
    description: str
    listings: frozenset[str] = frozenset()
    """The sources of the rows that list each thing once."""
    class_names: frozenset[str] = frozenset()
    """The names of the classes that the rows give the thing, where they give any."""
    bearers: frozenset[str] = frozenset()
    """What tells the thing from others that lie near it, where the rows say it."""

    def __str__(self) -> str:
        """Return the group for people."""
        return f"{', '.join(self.rows)} ({self.description}; {self.span or 'no date'})"


def mentions(
    sources: Iterable[ClaimSource[Any] | FactSource[Any]], data: Path | None
) -> Iterator[Mention]:
    """Yield what the rows of all sources speak of.

    In: a folder of publishers' files, which are read in place of our tables.
    Raises: UnreadableTable, naming file, line, column and value.
    """
    for source in sources:
        for mention in source.mentions(source.rows(data).rows):
            if source_of(mention.row) != source.table.name:
                raise UnreadableTable(
                    f"{mention.row}: a row of {source.table.name} must begin with it"
                )
            yield mention


def grouped(mentions: Iterable[Mention]) -> list[RowCluster]:
    """Return the mentions joined by proof of identity, by date and then by name.

    Raises: UnreadableTable for a row that stands twice, or a proof that joins two councils.
    """
    ordered = sorted(mentions, key=lambda mention: mention.row)
    for mention, following in pairwise(ordered):
        if mention.row == following.row:
            raise UnreadableTable(
                f"{mention.row}: the row stands twice; each needs a key of its own"
            )
    joined: dict[tuple[str, str], list[Mention]] = {}
    for mention in ordered:
        proof = f"same:{mention.same_as}" if mention.same_as else f"row:{mention.row}"
        joined.setdefault((mention.kind, proof), []).append(mention)
    groups = [_group(members) for members in joined.values()]
    return sorted(groups, key=lambda group: (group.span is None, str(group.span), group.rows))


def _group(members: Sequence[Mention]) -> RowCluster:
    first = members[0]
    rows = tuple(mention.row for mention in members)
    if first.kind not in REGISTERS:
        raise UnknownIdentifier(
            f"{first.row}: no register for {first.kind!r}; expected one of {', '.join(REGISTERS)}"
        )
    councils = sorted({mention.council for mention in members})
    if len(councils) > 1:
        raise UnreadableTable(
            f"{', '.join(rows)}: one {first.kind} ({first.same_as}) of several councils "
            f"({', '.join(councils)}); correct the council of a row"
        )
    span: Window | None = None
    for mention in members:
        own = window(mention.earliest, mention.latest)
        span = own.joined(span) if own else span
    listings = frozenset(source_of(mention.row) for mention in members if mention.is_listed_once)
    class_names = frozenset(mention.class_name for mention in members if mention.class_name)
    bearers = frozenset(mention.bearer for mention in members if mention.bearer)
    return RowCluster(
        first.kind, first.council, rows, span, first.description, listings, class_names, bearers
    )
