"""The tables as files: CSV, Parquet, one SQLite file and one DuckDB file."""

import csv
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import duckdb
import pyoxigraph as ox

from loaders.exports.layers import Layers
from loaders.exports.rdf import NAME
from loaders.exports.rows import TableReader
from loaders.exports.spool import Cells, Spool
from queries.tables.cells import (
    DAY,
    DECIMAL,
    FURTHER_VALUES,
    WHOLE,
    FileColumn,
    all_file_columns,
    key_of,
)
from queries.tables.declaration import FURTHER, Table, tables

FOLDER = "tables"
"""Folder of the files that hold one table each."""
_SQLITE_TYPES = {WHOLE: "INTEGER", DECIMAL: "REAL"}
_DUCKDB_TYPES = {WHOLE: "BIGINT", DECIMAL: "DECIMAL(18, 4)", DAY: "DATE"}


@dataclass(frozen=True)
class Content:
    """The tables, the one of further values last, as they stand in the folder of an export.

    In: the folder; how many rows each has; the columns of each that no row leaves empty.
    """

    folder: Path
    counts: Mapping[str, int]
    filled: Mapping[str, frozenset[str]]

    @cached_property
    def columns(self) -> Mapping[str, tuple[FileColumn, ...]]:
        """The columns of every table."""
        return all_file_columns(tables())

    def rows(self, name: str) -> Iterator[Cells]:
        """Yield the rows of a table, without their empty cells."""
        with (self.folder / FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield {column: cell for column, cell in row.items() if cell}


def write_csv(layers: Layers, folder: Path) -> Content:
    """Write every table as CSV: UTF-8, a head, CRLF (RFC 4180)."""
    (folder / FOLDER).mkdir(exist_ok=True)
    spools = {table.name: Spool(layers.place, table.name) for table in tables()}
    spools[FURTHER] = Spool(layers.place, FURTHER, _place_of_further)
    _read(layers, layers.store, tables(), spools)
    in_all = [table for table in tables() if table.reads_all]
    for part in layers.parts():
        _read(layers, part, in_all, spools)
    counts, filled = {}, {}
    for name, columns in all_file_columns(tables()).items():
        path = folder / FOLDER / f"{name}.csv"
        counts[name], filled[name] = _write_table(path, columns, spools[name].rows())
    return Content(folder, counts, filled)


def heads_of_tables(folder: Path) -> Mapping[str, list[str]]:
    """Return the names of the columns of every table that stands as CSV in an export."""
    heads = {}
    for path in (folder / FOLDER).glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            heads[path.stem] = next(csv.reader(file), [])
    return heads


def declared_heads() -> Mapping[str, list[str]]:
    """Return the names of the columns of every table, as they are made today."""
    return {
        name: [column.name for column in columns]
        for name, columns in all_file_columns(tables()).items()
    }


def _read(
    layers: Layers, part: ox.Store, read: Iterable[Table], spools: Mapping[str, Spool]
) -> None:
    """Put away the rows that a part of the layers has."""
    reader = TableReader(part, layers.store)
    for table in read:
        spools[table.name].add(reader.rows(table))
        spools[FURTHER].add(reader.further)
        reader.further.clear()


def _place_of_further(cells: Cells) -> list[str]:
    order = "table", "column", "iri", "property", *FURTHER_VALUES
    return [cells.get(name, "") for name in order]


def _write_table(
    path: Path, columns: Sequence[FileColumn], rows: Iterable[Cells]
) -> tuple[int, frozenset[str]]:
    """Write a table, and return how many rows it has and which columns no row leaves empty."""
    count, filled = 0, frozenset(column.name for column in columns)
    with path.open("w", encoding="utf-8", newline="") as file:
        names = [column.name for column in columns]
        writer = csv.DictWriter(file, names, restval="", lineterminator="\r\n")
        writer.writeheader()
        for row in rows:
            writer.writerow(row)
            count += 1
            if not filled <= row.keys():
                filled &= row.keys()
    return count, filled


def write_sqlite(content: Content, folder: Path) -> None:
    """Write all tables into one SQLite file, with keys by which a reader finds what is named."""
    with closing(sqlite3.connect(folder / f"{NAME}.sqlite")) as database, database:
        for name, columns in content.columns.items():
            database.execute(_sqlite_table(name, columns))
            database.executemany(
                f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(columns))})',
                _typed(content.rows(name), columns),
            )
            for column in columns:
                if column.refers:
                    database.execute(
                        f'CREATE INDEX "{name}_{column.name}" ON "{name}" ("{column.name}")'
                    )
        database.execute(
            'CREATE TABLE "columns" ("table" TEXT, "column" TEXT, type TEXT, unit TEXT, '
            "meaning TEXT)"
        )
        database.executemany('INSERT INTO "columns" VALUES (?, ?, ?, ?, ?)', _told(content))


def write_duckdb_and_parquet(content: Content, folder: Path) -> None:
    """Write all tables into one DuckDB file, and each as Parquet, from their CSV."""
    place = folder / FOLDER
    with duckdb.connect(str(folder / f"{NAME}.duckdb")) as database:
        # One thread writes rows in their order, and groups them the same way each time.
        database.execute("SET threads = 1")
        for name, columns in content.columns.items():
            database.execute(_duckdb_table(name, columns))
            database.execute(
                f"COPY \"{name}\" FROM '{_quoted(place / f'{name}.csv')}' "
                "(FORMAT csv, HEADER true, DELIMITER ',', QUOTE '\"', ESCAPE '\"', NULLSTR '')"
            )
            target = _quoted(place / f"{name}.parquet")
            database.execute(f"COPY \"{name}\" TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
            for column in columns:
                database.execute(
                    f'COMMENT ON COLUMN "{name}"."{column.name}" IS '
                    f"'{_in_words(column).replace(chr(39), chr(39) * 2)}'"
                )


def _sqlite_table(name: str, columns: Sequence[FileColumn]) -> str:
    key = "" if name == FURTHER else key_of(name)
    lines = [
        f'"{column.name}" {_SQLITE_TYPES.get(column.type, "TEXT")}'
        + (" PRIMARY KEY" if column.name == key else "")
        + (f' REFERENCES "{column.refers}" (id)' if column.refers else "")
        for column in columns
    ]
    return f'CREATE TABLE "{name}" ({", ".join(lines)})'


def _duckdb_table(name: str, columns: Sequence[FileColumn]) -> str:
    lines = [f'"{column.name}" {_DUCKDB_TYPES.get(column.type, "VARCHAR")}' for column in columns]
    return f'CREATE TABLE "{name}" ({", ".join(lines)})'


def _typed(rows: Iterable[Cells], columns: Sequence[FileColumn]) -> Iterator[list[object]]:
    for row in rows:
        yield [_value(row.get(column.name, ""), column.type) for column in columns]


def _value(cell: str, type_: str) -> object:
    if not cell:
        return None
    if type_ == WHOLE:
        return int(cell)
    return float(Decimal(cell)) if type_ == DECIMAL else cell


def _told(content: Content) -> Iterator[tuple[str, str, str, str, str]]:
    for name, columns in content.columns.items():
        for column in columns:
            yield name, column.name, column.type, column.unit, column.meaning


def _in_words(column: FileColumn) -> str:
    return f"{column.meaning} ({column.unit})" if column.unit else column.meaning


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
