"""No column of any table that is kept by hand takes whatever is typed into it."""

from __future__ import annotations

import pytest

from data.tables.table import TableRow, read_rows, write_rows
from loaders.tables.all_tables import FACTS
from ontology.errors import UnreadableTable
from tests.fixtures.guards import not_empty

ROW_TYPES: dict[str, tuple[type[TableRow], TableRow]] = {
    source.table.name: (source.table.row, not_empty(source.rows().rows)[0]) for source in FACTS
}
COLUMNS = [(folder, column) for folder, (of, _) in ROW_TYPES.items() for column in of.model_fields]


@pytest.mark.parametrize(("folder", "column"), COLUMNS)
@pytest.mark.parametrize("bad", ["x" * 500, "a\u0007b", "a\nb", "a\u202eb"])
def test_a_cell_has_a_bound_and_prints(folder: str, column: str, bad: str) -> None:
    """A text without end, a bell, a second line, and letters that turn the line around."""
    row_type, row = ROW_TYPES[folder]
    cells = row.cells()
    cells[list(row_type.model_fields).index(column)] = bad
    text = write_rows([], row_type) + ",".join(f'"{cell}"' for cell in cells) + "\n"
    with pytest.raises(UnreadableTable, match=f"line [23], column {column}: "):
        read_rows(text, f"{folder}/some.csv", row_type)
