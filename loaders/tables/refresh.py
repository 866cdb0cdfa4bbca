"""Make the project's own tables anew from the publishers' files, and say what changes."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from data.disk.replacement import replace_files
from data.sources import TableSource, published_place
from data.tables.metadata import Metadata, read_metadata
from data.tables.table import TableRow, write_rows

SHOWN_KEYS = 20

RowsOf = Callable[[TableSource[Any], Path], Sequence[TableRow]]
"""Gives the rows of one of our tables from the publisher's file in a folder."""


@dataclass(frozen=True)
class Renewal:
    """One table of ours, made anew from a publisher's file."""

    name: str
    place: Path
    text: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    advice: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """Yield what changes, for people: counts first, then the keys of the rows."""
        kinds = {"added": self.added, "removed": self.removed, "changed": self.changed}
        counts = ", ".join(f"{len(keys)} {kind}" for kind, keys in kinds.items() if keys)
        yield f"{self.name}: {counts or 'nothing changes'}"
        for kind, keys in kinds.items():
            yield from (f"  {kind}: {key}" for key in keys[:SHOWN_KEYS])
            if len(keys) > SHOWN_KEYS:
                yield f"  {kind}: and {len(keys) - SHOWN_KEYS} more"
        yield from (f"  source.toml: {line}" for line in self.advice)


def tables_folder() -> Path:
    """Return the folder of the project's own tables."""
    with as_file(files("data").joinpath("tables")) as folder:
        return folder


def renewals(
    sources: Iterable[TableSource[Any]], data: Path, tables: Path, rows_of: RowsOf
) -> list[Renewal]:
    """Return the tables whose publisher's file stands in a folder, as they would be.

    In: the folder of publishers' files, that of our tables, and what gives the rows of one.
    Raises: UnreadableTable for the first cell that cannot be used; nothing has been written then.
    """
    return [
        _renewal(source, place, rows_of(source, data), tables)
        for source in sources
        if (place := published_place(source.file, data))
    ]


def write_renewals(renewed: Iterable[Renewal]) -> None:
    """Write tables that were made anew, each in one step."""
    replace_files({renewal.place: renewal.text.encode() for renewal in renewed})


def _renewal(
    source: TableSource[Any], published: Path, rows: Sequence[TableRow], tables: Path
) -> Renewal:
    text = write_rows(rows, source.row)
    place = tables / source.name / source.table
    keys = source.row.key_columns
    old = _by_key(place.read_text(encoding="utf-8"), keys) if place.is_file() else {}
    new = _by_key(text, keys)
    return Renewal(
        f"{source.name}/{source.table}",
        place,
        text,
        tuple(key for key in new if key not in old),
        tuple(key for key in old if key not in new),
        tuple(key for key in new if key in old and new[key] != old[key]),
        tuple(_advice(source, read_metadata(source.name), published, len(rows))),
    )


def _by_key(text: str, columns: int) -> dict[str, list[str]]:
    """Return the rows of a table of ours by the cells that name them."""
    rows = list(csv.reader(io.StringIO(text)))[1:]
    return {" / ".join(cells[:columns]): cells for cells in rows}


def _advice(
    source: TableSource[Any], metadata: Metadata, published: Path, count: int
) -> Iterator[str]:
    """Yield what has to be brought up to date by hand beside a table."""
    known = metadata.published[source.file]
    sha256 = hashlib.sha256(published.read_bytes()).hexdigest()
    if known.sha256 != sha256:
        yield f'{source.file} has another content: set its sha256 = "{sha256}" and retrieved_on'
    least, most = metadata.expected_rows.get(source.table, (0, 0))
    if not least <= count <= most:
        yield f"{source.table} has {count} rows and not {least} to {most}: set expected_rows"
