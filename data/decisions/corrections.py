"""Reviewed corrections of published reference tables: a fault is mended here and never in code.

A correction names the published file, the row, the column, what stands there and what is used
instead. One that no longer fits its file is refused: the publisher may have mended the fault.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import ClassVar

from data.tables.cells import Cells
from data.tables.table import TableRow, Text, read_rows, text_of
from ontology.errors import UnreadableTable

_CORRECTIONS_FILE = "corrections.csv"
_KEY_SEPARATOR = "/"
_WHOLE_ROW = "*"


class ReferenceCorrectionRow(TableRow):
    """A wrong value of a published table, what is used instead, and why.

    The source is the name of the file. The key is what its key columns hold in that row, with a
    slash between them where there are several. The column `*` says how often the row stands there,
    and that it is used once.
    """

    key_columns: ClassVar[int] = 3
    source: Text
    key: Text
    column: Text
    value_in_file: str
    value_used: str
    reason: Text


Corrections = Mapping[str, Mapping[str, list[ReferenceCorrectionRow]]]
"""The corrections by file and by row."""


@cache
def read_corrections() -> Corrections:
    """Return the corrections of the project.

    Raises: UnreadableTable, naming line and column.
    """
    place = files(__name__.partition(".")[0]).joinpath("decisions", _CORRECTIONS_FILE)
    return corrections_from(text_of(place))


def corrections_from(text: str) -> Corrections:
    """Return the corrections that the text of a table holds."""
    corrections: dict[str, dict[str, list[ReferenceCorrectionRow]]] = {}
    for row in read_rows(text, f"decisions/{_CORRECTIONS_FILE}", ReferenceCorrectionRow):
        corrections.setdefault(row.source, {}).setdefault(row.key, []).append(row)
    return corrections


def repeated_rows(file: str, corrections: Corrections | None = None) -> frozenset[tuple[str, ...]]:
    """Return the keys of the rows of a file that are known to stand there more than once."""
    known = _of_file(file, corrections)
    return frozenset(
        tuple(key.split(_KEY_SEPARATOR))
        for key, several in known.items()
        if any(correction.column == _WHOLE_ROW for correction in several)
    )


def corrected(
    rows: Iterable[Cells],
    file: str,
    key: tuple[str, ...],
    corrections: Corrections | None = None,
) -> Iterator[Cells]:
    """Yield the rows of a published file once each, with their corrections.

    In: the columns that name a row; other corrections than those of the project, for a test.
    Raises: UnreadableTable for a correction whose row, column or value the file does not have.
    """
    known = _of_file(file, corrections)
    met: Counter[str] = Counter()
    for cells in rows:
        name = _KEY_SEPARATOR.join(cells.values[column] for column in key)
        met[name] += 1
        if met[name] == 1:
            yield _with(cells, known.get(name, []))
    for name, several in known.items():
        for correction in several:
            if not met[name]:
                raise _unfit(correction, "the file has no such row (or it was cut off)")
            if correction.column == _WHOLE_ROW and correction.value_in_file != str(met[name]):
                raise _unfit(correction, f"the row stands there {met[name]} times")


def _of_file(
    file: str, corrections: Corrections | None
) -> Mapping[str, list[ReferenceCorrectionRow]]:
    return (read_corrections() if corrections is None else corrections).get(file, {})


def _with(cells: Cells, corrections: list[ReferenceCorrectionRow]) -> Cells:
    values = dict(cells.values)
    for correction in corrections:
        if correction.column == _WHOLE_ROW:
            continue
        if correction.column not in values:
            raise _unfit(correction, "the file has no such column")
        if values[correction.column] != correction.value_in_file:
            raise _unfit(
                correction, f"line {cells.line} of the file has {values[correction.column]!r}"
            )
        values[correction.column] = correction.value_used
    return replace(cells, values=values)


def _unfit(correction: ReferenceCorrectionRow, fault: str) -> UnreadableTable:
    return UnreadableTable(
        f"decisions/{_CORRECTIONS_FILE}: the correction of {correction.source}, row "
        f"{correction.key}, column {correction.column}, expects {correction.value_in_file!r}, but "
        f"{fault}; review the correction, or take the file that it was made for",
        correction.key,
    )
