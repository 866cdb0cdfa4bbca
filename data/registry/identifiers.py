"""The identifiers minted for things, and which row of which source is which thing.

An ordinal is minted once and never used again. A row is named by its source and its key, so that
sorting or adding rows changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from data.disk.replacement import replace_files
from data.tables.table import RegistryRow, TableRow, Text, read_rows, text_of, write_rows
from ontology.errors import UnknownIdentifier, UnreadableTable
from ontology.identifiers import kind_and_local

_ROWS_FILE = "rows.csv"

REGISTERS: dict[str, str] = {
    "appointment": "appointments.csv",
    "designation": "designations.csv",
    "direction": "directions.csv",
    "inspection": "inspections.csv",
    "letter": "letters.csv",
    "measure": "measures.csv",
    "notice": "notices.csv",
    "section-114-report": "section_114_reports.csv",
    "transfer": "transfers.csv",
}
"""Kinds of things that take a minted ordinal, and the register of each."""


class IdentityRow(TableRow):
    """A row of a source, and the thing that it speaks of."""

    row: Text
    thing: Text


def source_of(row: str) -> str:
    """Return the source in the name of a row.

    >>> source_of("ofsted-history/50004306")
    'ofsted-history'
    """
    return row.partition("/")[0]


@dataclass(frozen=True)
class Identities:
    """Which row of which source is which thing."""

    things: Mapping[str, str]

    def local(self, row: str, kind: str) -> str:
        """Return the minted identifier of the thing that a row speaks of.

        In: the row, such as ofsted-history/50276411, and the kind of thing expected.
        Raises: UnknownIdentifier for a row without one.
        """
        known, local = kind_and_local(self.things.get(row, ""))
        if known != kind:
            found = f"it is registered as a {known}" if known else "it is not registered"
            raise UnknownIdentifier(
                f"registry/{_ROWS_FILE}: the row {row} has no identifier of the kind {kind} "
                f"({found}); run `interventions mint`, which lists what is unclear"
            )
        return local


def read_identities() -> Identities:
    """Return the identities of all rows.

    Raises: UnreadableTable, naming line and column.
    """
    text = text_of(files(__name__.partition(".")[0]).joinpath("registry", _ROWS_FILE))
    rows = read_rows(text, f"registry/{_ROWS_FILE}", IdentityRow)
    return Identities({row.row: row.thing for row in rows})


@dataclass(frozen=True)
class Registers:
    """Every identifier minted so far, by kind, and which row of which source is which thing."""

    things: Mapping[str, Mapping[str, str]]
    rows: Mapping[str, str]


def registry_folder() -> Path:
    """Return the folder of the project's own registers."""
    with as_file(files(__name__.partition(".")[0]).joinpath("registry")) as folder:
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
    rows = read_rows(text_of(folder / _ROWS_FILE), f"registry/{_ROWS_FILE}", IdentityRow)
    for row in rows:
        kind, local = kind_and_local(row.thing)
        if local not in things.get(kind, {}):
            raise UnreadableTable(
                f"registry/{_ROWS_FILE}: the row {row.row} is {row.thing}, which no register holds;"
                " an identifier is never taken back: add it to its register again"
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
    texts[_ROWS_FILE] = write_rows(
        [IdentityRow(row=row, thing=to) for row, to in rows], IdentityRow
    )
    return replace_files({folder / file: text.encode() for file, text in texts.items()})
