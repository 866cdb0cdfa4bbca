"""Open and renew the registers of minted identifiers as one whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from data.registry.identifiers import REGISTERS, ROWS_FILE, IdentityRow
from data.sources import write_rows
from data.tables.replacement import replace_files
from data.tables.table import RegistryRow, read_rows, text_of
from ontology.errors import UnreadableTable


@dataclass(frozen=True)
class Registers:
    """Every identifier minted so far, by kind, and which row of which source is which thing."""

    things: Mapping[str, Mapping[str, str]]
    rows: Mapping[str, str]


def registry_folder() -> Path:
    """Return the folder of the project's own registers."""
    with as_file(files("data").joinpath("registry")) as folder:
        return folder


def read_registers(folder: Path) -> Registers:
    """Return the registers of a folder.

    Raises: UnreadableTable, naming file and line, also for a row whose thing no register holds.
    """
    things = {
        kind: {
            row.id: row.description
            for row in read_rows(text_of(folder / file), f"registry/{file}", RegistryRow)
        }
        for kind, file in REGISTERS.items()
    }
    rows = read_rows(text_of(folder / ROWS_FILE), f"registry/{ROWS_FILE}", IdentityRow)
    for row in rows:
        kind, _, local = row.thing.partition("/")
        if local not in things.get(kind, {}):
            raise UnreadableTable(
                f"registry/{ROWS_FILE}: the row {row.row} is {row.thing}, which no register holds; "
                "an identifier is never taken back: add it to its register again"
            )
    return Registers(things, {row.row: row.thing for row in rows})


def write_registers(folder: Path, registers: Registers) -> list[str]:
    """Write the registers, sorted, and return the names of the files that changed.

    Guarantee: each file is replaced in one step, and the rows last; should it stop in between, an
    identifier without a row is left, never a row without an identifier.
    """
    texts = {
        file: write_rows(
            [
                RegistryRow(id=local, description=text)
                for local, text in sorted(registers.things[kind].items())
            ],
            RegistryRow,
        )
        for kind, file in REGISTERS.items()
    }
    rows = sorted(registers.rows.items())
    texts[ROWS_FILE] = write_rows([IdentityRow(row=row, thing=to) for row, to in rows], IdentityRow)
    return replace_files({folder / file: text.encode() for file, text in texts.items()})
