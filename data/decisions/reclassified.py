"""Reviewed readings of rows and cells that are not what their place in a table says they are.

A list of inspections may hold the address of an error page, and a grade may stand where the
framework of the time had none. What such a row or cell is read as stands here with the reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import ClassVar

from data.tables.table import TableRow, Text, read_rows, text_of

_RECLASSIFIED_FILE = "reclassified.csv"
NAME = f"decisions/{_RECLASSIFIED_FILE}"
_WHOLE_ROW = ""


class ReclassifiedRow(TableRow):
    """A row of a source, or one of its cells, and what it is read as.

    The row is named as in data/registry/rows.csv; an empty column means the whole row.
    """

    key_columns: ClassVar[int] = 2
    row: Text
    column: str
    read_as: Text
    reason: Text


@dataclass(frozen=True)
class Reclassified:
    """What rows and cells are read as."""

    readings: Mapping[tuple[str, str], ReclassifiedRow]

    def of(self, row: str, column: str = _WHOLE_ROW) -> ReclassifiedRow | None:
        """Return the reviewed reading of a row or of one of its cells, if there is one."""
        return self.readings.get((row, column))


@cache
def read_reclassified() -> Reclassified:
    """Return the reviewed readings.

    Raises: UnreadableTable, naming line and column.
    """
    place = files(__name__.partition(".")[0]).joinpath("decisions", _RECLASSIFIED_FILE)
    return reclassified_from(text_of(place))


def reclassified_from(text: str) -> Reclassified:
    """Return the reviewed readings that the text of a table holds."""
    rows = read_rows(text, NAME, ReclassifiedRow)
    return Reclassified({(row.row, row.column): row for row in rows})
