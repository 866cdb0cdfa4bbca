"""What the loader of a table offers to the build and to the minting of identifiers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from data.records.files import RecordFile
from data.records.statements import Said, Time
from data.registry.identifiers import Identities
from data.sources import OwnTable, SourceRows, TableSource, read_own_table, read_source
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
    judgement, that two rows speak of one thing, such as the number of a report. A source that lists
    each thing once has no two rows of one thing; another tells of it page by page. `class_name` is
    the class of the thing where things of several classes lie near each other and are never one,
    such as FocusedVisit. `bearer` is what tells apart things that lie near each other, such as who
    holds which office: of one kind, council and time, two with the same bearer are one thing, and
    two with different bearers never are.
    """

    row: str
    kind: str
    council: str
    earliest: date | None
    latest: date | None
    description: str
    same_as: str | None = None
    is_listed_once: bool = True
    class_name: str = ""
    bearer: str = ""


@dataclass(frozen=True)
class ClaimSource(Generic[R]):
    """A published table: how it is read, which things it speaks of, and what it says of them."""

    table: TableSource[R]
    mentions: Callable[[Sequence[R]], Iterable[Mention]]
    records: Callable[[SourceRows[R], Identities], Iterable[RecordFile]]

    def rows(self, data: Path | None = None) -> SourceRows[R]:
        """Return the rows, of the publisher's file if the folder has it.

        Raises: UnreadableTable, naming file, line, column and value.
        """
        return read_source(self.table, data)


@dataclass(frozen=True)
class FactSource(Generic[R]):
    """A table that is kept by hand: the things that its rows speak of, and what they say of them.

    In: several rows may tell of one thing, each from a page of its own.
    """

    table: OwnTable[R]
    mentions: Callable[[Sequence[R]], Iterable[Mention]]
    records: Callable[[SourceRows[R], Identities], Iterable[RecordFile]]

    def rows(self, _data: Path | None = None) -> SourceRows[R]:
        """Return the rows of all files of the table; there is no publisher's file.

        Raises: UnreadableTable, naming file, line, column and value.
        """
        return read_own_table(self.table)


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
