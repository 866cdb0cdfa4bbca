"""The identifiers minted for things, and which row of which source is which thing.

An ordinal is minted once and never used again. A row is named by its source and its key, so that
sorting or adding rows changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from data.tables.table import TableRow, Text, read_rows, text_of
from ontology.errors import UnknownIdentifier

ROWS_FILE = "rows.csv"

REGISTERS: dict[str, str] = {
    "appointment": "appointments.csv",
    "direction": "directions.csv",
    "inspection": "inspections.csv",
    "notice": "notices.csv",
    "section-114-report": "section_114_reports.csv",
    "transfer": "transfers.csv",
}
"""Kinds of things that take a minted ordinal, and the register of each."""


class IdentityRow(TableRow):
    """A row of a source, and the thing that it speaks of."""

    row: Text
    thing: Text


@dataclass(frozen=True)
class Identities:
    """Which row of which source is which thing."""

    things: Mapping[str, str]

    def local(self, row: str, kind: str) -> str:
        """Return the minted identifier of the thing that a row speaks of.

        In: the row, such as ofsted-history/50276411, and the kind of thing expected.
        Raises: UnknownIdentifier for a row without one.
        """
        known, _, local = self.things.get(row, "").partition("/")
        if known != kind:
            found = f"it is registered as a {known}" if known else "it is not registered"
            raise UnknownIdentifier(
                f"registry/{ROWS_FILE}: the row {row} has no identifier of the kind {kind} "
                f"({found}); run `interventions mint`, which lists what is unclear"
            )
        return local


def read_identities() -> Identities:
    """Return the identities of all rows.

    Raises: UnreadableTable, naming line and column.
    """
    text = text_of(files(__name__.partition(".")[0]).joinpath("registry", ROWS_FILE))
    rows = read_rows(text, f"registry/{ROWS_FILE}", IdentityRow)
    return Identities({row.row: row.thing for row in rows})
