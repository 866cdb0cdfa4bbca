"""What became of each row of the files of collected facts: rows of ours, or the reason why none.

The files stand elsewhere; a row is named by a hash of its cells. A row that is new or has changed
is one that nobody has read.
"""

import csv
import io
from importlib.resources import files
from typing import Annotated

from pydantic import Field, model_validator

from data.tables.metadata import read_metadata
from data.tables.table import TableRow, read_table
from ontology.errors import UnreadableTable
from ontology.identifiers import SLUG, digest

_FOLDER = "collected"


class ReadingRow(TableRow):
    """A collected row, and a row of ours that it became; or why it became none."""

    key_columns = 2
    row: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    became: Annotated[str, Field(pattern=rf"^(?:{SLUG}/\S+)?$")]
    reason: str

    @model_validator(mode="after")
    def explained(self) -> "ReadingRow":
        """Check that a row which became none says why."""
        if not self.became and not self.reason:
            raise ValueError("a row that became none of ours needs a reason")
        return self


def collected_files() -> list[str]:
    """Return the names of the files whose rows are accounted for."""
    return sorted(read_metadata(_FOLDER).collected)


def read_readings(file: str) -> list[ReadingRow]:
    """Return what became of the rows of a file.

    Raises: UnreadableTable, naming line and column.
    """
    return read_table(_FOLDER, file, ReadingRow)


def row_name(cells: dict[str, str]) -> str:
    """Return the name of a collected row, which changes with any of its cells."""
    return digest(*cells.values())


def collected_rows(text: str, file: str) -> dict[str, dict[str, str]]:
    """Return the rows of a collected file by name.

    Raises: UnreadableTable for a column that is neither read nor ignored, or one that is gone.
    """
    known = read_metadata(_FOLDER).collected[file]
    reader = csv.DictReader(io.StringIO(text), strict=True)
    printed = set(reader.fieldnames or [])
    new, gone = sorted(printed - known.all_columns), sorted(known.all_columns - printed)
    if new or gone:
        fault = f"{new[0]} is neither read nor ignored" if new else f"{gone[0]} is gone"
        raise UnreadableTable(
            f"{file}: the column {fault}; say in data/tables/{_FOLDER}/source.toml what becomes "
            "of it"
        )
    return {row_name(cells): cells for cells in reader}


def table_files(table: str) -> list[str]:
    """Return the names of the CSV files of one of our tables."""
    folder = files(__name__.partition(".")[0]).joinpath("tables", table)
    return sorted(file.name for file in folder.iterdir() if file.name.endswith(".csv"))
