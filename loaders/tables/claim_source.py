"""What the loader of a table of claims offers to the build and to the minting of identifiers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from data.records.files import RecordFile
from data.records.statements import Said, Time
from data.registry.identifiers import Identities
from data.sources import SourceRows, TableSource
from data.tables.table import TableRow

R = TypeVar("R", bound=TableRow)

_MAXIMUM_PRINTED_CHARACTERS = 120

REPORT_WITHIN_DAYS = 240
"""Longest time from an inspection to its report, as the published tables show it.

Where a source gives only one of the two, the window is widened by as much to the other side.
"""


@dataclass(frozen=True)
class Mention:
    """A thing that a row of a source speaks of, which needs an identifier.

    In: `row` is the source and the key of the row; `same_as` is what proves, without a person's
    judgement, that two rows speak of one thing, such as the number of a report.
    """

    row: str
    kind: str
    council: str
    earliest: date | None
    latest: date | None
    description: str
    same_as: str | None = None


@dataclass(frozen=True)
class ClaimSource(Generic[R]):
    """A table of claims: how it is read, which things it speaks of, and what it says of them."""

    table: TableSource[R]
    mentions: Callable[[Sequence[R]], Iterable[Mention]]
    records: Callable[[SourceRows[R], Identities], Iterable[RecordFile]]


@dataclass(frozen=True)
class RowPlace:
    """The row of a table from which statements are made."""

    row: str

    def said(self, value: str, column: str, printed: str | None = None, **manner: str) -> Said:
        """Return one stated value with its place; the words are the value's own if not given."""
        words = (printed or value)[:_MAXIMUM_PRINTED_CHARACTERS]
        return Said(value=value, at=column, row=self.row, words=words, **manner)

    def time(self, words: str, column: str, **reading: object) -> Time:
        """Return one stated time with its place; the reading is given as in a record."""
        return Time(at=column, row=self.row, words=words, **reading)
