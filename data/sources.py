"""Open a source that is a table: the project's own copy of its facts, or a publisher's file.

The project's own table holds the facts in its own columns and is what a build reads. A publisher's
file, where it is given, is converted row by row to the same columns; from there on there is one
way. What is known of a source stands beside its table in `source.toml`.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Generic, TypeVar

from data.decisions.corrections import corrected, repeated_rows
from data.settings import read_settings
from data.tables.cells import Cells, read_cells
from data.tables.metadata import TableMapping, read_mapping, read_metadata
from data.tables.table import TableRow, read_rows, read_table, text_of
from ontology.errors import UnreadableTable, WrongSetting

R = TypeVar("R", bound=TableRow)


@dataclass(frozen=True)
class TableSource(Generic[R]):
    """How one table is read.

    In: `name` is its folder in data/tables, `table` its file there; `convert` makes a row of ours
    of one of the publisher's, `settle` does what takes all of them; `other_mapping` stands in place
    of the one that source.toml has.
    """

    name: str
    table: str
    row: type[R]
    convert: Callable[[Cells], R | None]
    settle: Callable[[Sequence[R]], Sequence[R]] = tuple
    other_mapping: TableMapping | None = None

    @property
    def mapping(self) -> TableMapping:
        """How the publisher's columns and words become ours."""
        return self.other_mapping or read_mapping(self.name, self.table)

    @property
    def file(self) -> str:
        """The publisher's file."""
        return self.mapping.file


@dataclass(frozen=True)
class OwnTable(Generic[R]):
    """A table that is kept by hand: every CSV file of its folder, with no publisher's file behind.

    In: `name` is its folder in data/tables.
    """

    name: str
    row: type[R]


@dataclass(frozen=True)
class SourceRows(Generic[R]):
    """The rows of a source, and the file they came from."""

    rows: tuple[R, ...]
    file: str
    text: str

    @property
    def sha256(self) -> str:
        """The hash of the file."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def read_own_table(source: OwnTable[R]) -> SourceRows[R]:
    """Return the rows of every file of a table that is kept by hand, sorted by their keys.

    Raises: UnreadableTable, naming file, line and column, also for a key that stands twice.
    """
    folder = files(__name__.partition(".")[0]).joinpath("tables", source.name)
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".csv"))
    texts = [text_of(folder.joinpath(name)) for name in names]
    rows: dict[tuple[str, ...], R] = {}
    for name in names:
        for row in read_table(source.name, name, source.row):
            if rows.setdefault(row.row_key, row) is not row:
                raise UnreadableTable(
                    f"{source.name}/{name}: {', '.join(row.row_key)} stands in another file of the "
                    "folder too; keep one row"
                )
    ordered = tuple(rows[key] for key in sorted(rows))
    return SourceRows(ordered, names[0] if names else source.name, "".join(texts))


def read_source(source: TableSource[R], data: Path | None = None) -> SourceRows[R]:
    """Return the rows of a source: of the publisher's file if the folder has it, else of our table.

    In: a folder of publishers' files; files may also stand in a folder directly within it.
    Raises: UnreadableTable, naming file, line, column and value.
    """
    metadata = read_metadata(source.name)
    place = published_place(source.file, data) if data else None
    if place is not None:
        text = text_of(place)
        rows = convert_published(source, text)
        _check_count(_count_rows(text), source.file, metadata.published[source.file].rows)
        return SourceRows(rows, source.file, text)
    name = f"{source.name}/{source.table}"
    text = text_of(files(__name__.partition(".")[0]).joinpath("tables", source.name, source.table))
    rows = tuple(read_rows(text, name, source.row))
    _check_count(len(rows), name, metadata.expected_rows[source.table])
    return SourceRows(rows, source.table, text)


def published_place(file: str, data: Path) -> Path | None:
    """Return where a publisher's file stands in a folder or directly below it, or None."""
    places = sorted([data / file, *data.glob(f"*/{file}")])
    return next((place for place in places if place.is_file()), None)


def convert_published(source: TableSource[R], text: str) -> tuple[R, ...]:
    """Return the rows of a publisher's file in our columns, sorted by their keys.

    Raises: UnreadableTable, naming file, line, column and value.
    """
    mapping = source.mapping
    found = read_cells(text, mapping, repeated_rows(mapping.file))
    rows = [
        row
        for cells in corrected(found, mapping.file, mapping.key)
        if (row := source.convert(cells)) is not None
    ]
    return tuple(source.settle(sorted(rows, key=lambda row: row.row_key)))


def _count_rows(text: str) -> int:
    """Return the number of rows of a table, read or not, without its header."""
    return sum(1 for _ in csv.reader(io.StringIO(text))) - 1


def _check_count(count: int, name: str, expected: tuple[int, int]) -> None:
    """Check that a table has about as many rows as its source.toml says."""
    least, most = expected
    if not least <= count <= most:
        raise UnreadableTable(
            f"{name}: {count} rows; source.toml expects {least} to {most}; "
            "the file may have been cut off; correct it, or the numbers there"
        )


def publishers_folder(given: Path | None) -> Path | None:
    """Return the folder of publishers' tables that is given or set, if any.

    Raises: WrongSetting for one that does not exist.
    """
    folder = given or read_settings().data
    if folder is not None and not folder.is_dir():
        raise WrongSetting(f"the folder of tables {folder} does not exist; name one that does")
    return folder
