"""The tables as files: CSV, Parquet, one SQLite file and one DuckDB file."""

import csv
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import duckdb

from loaders.exports.layers import Layers
from loaders.exports.rdf import NAME
from loaders.exports.rows import Cells, TableReader
from queries.tables.cells import (
    DAY,
    DECIMAL,
    FURTHER_VALUES,
    WHOLE,
    FileColumn,
    all_file_columns,
    key_of,
)
from queries.tables.declaration import FURTHER, tables

FOLDER = "tables"
"""Folder of the files that hold one table each."""
_SQLITE_TYPES = {WHOLE: "INTEGER", DECIMAL: "REAL"}
_DUCKDB_TYPES = {WHOLE: "BIGINT", DECIMAL: "DECIMAL(18, 4)", DAY: "DATE"}


@dataclass(frozen=True)
class Content:
    """The rows of every table, the table of further values last."""

    rows: Mapping[str, Sequence[Cells]]

    @cached_property
    def columns(self) -> Mapping[str, tuple[FileColumn, ...]]:
        """The columns of every table."""
        return all_file_columns(tables())


def read_content(layers: Layers) -> Content:
    """Return the rows of every table."""
    reader = TableReader(layers)
    rows: dict[str, Sequence[Cells]] = {table.name: reader.rows(table) for table in tables()}
    order = "table", "column", "iri", "property", *FURTHER_VALUES
    further = sorted(reader.further, key=lambda row: [row.get(name, "") for name in order])
    return Content({**rows, FURTHER: further})


def write_csv(content: Content, folder: Path) -> None:
    """Write every table as CSV: UTF-8, a head, CRLF (RFC 4180)."""
    (folder / FOLDER).mkdir(exist_ok=True)
    for name, rows in content.rows.items():
        with (folder / FOLDER / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            names = [column.name for column in content.columns[name]]
            writer = csv.DictWriter(file, names, restval="", lineterminator="\r\n")
            writer.writeheader()
            writer.writerows(rows)


def write_sqlite(content: Content, folder: Path) -> None:
    """Write all tables into one SQLite file, with keys by which a reader finds what is named."""
    with closing(sqlite3.connect(folder / f"{NAME}.sqlite")) as database, database:
        for name, rows in content.rows.items():
            columns = content.columns[name]
            database.execute(_sqlite_table(name, columns))
            database.executemany(
                f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(columns))})',
                _typed(rows, columns),
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


def _typed(rows: Sequence[Cells], columns: Sequence[FileColumn]) -> Iterator[list[object]]:
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
