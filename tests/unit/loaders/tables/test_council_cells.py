"""In our own tables too, a code that belongs to another council is refused by row and column."""

from __future__ import annotations

from importlib.resources import files

import pytest

from data.tables.table import TableRow, read_rows
from loaders.tables.claim_source import ClaimSource
from loaders.tables.events.best_value_interventions import BEST_VALUE_INTERVENTIONS
from loaders.tables.events.childrens_interventions import CHILDRENS_INTERVENTIONS
from loaders.tables.events.section_114_reports import SECTION_114_REPORTS
from loaders.tables.inspections.ofsted_history import OFSTED_HISTORY
from loaders.tables.inspections.single_inspections import SINGLE_INSPECTIONS
from ontology.errors import UnreadableTable


@pytest.mark.parametrize(
    ("source", "column", "wrong"),
    [
        (CHILDRENS_INTERVENTIONS, "gss_code", "E08000025"),
        (BEST_VALUE_INTERVENTIONS, "gss_code", "E06000001"),
        (SECTION_114_REPORTS, "gss_code", "E06000001"),
        (OFSTED_HISTORY, "urn", "99999"),
        (SINGLE_INSPECTIONS, "urn", "99999"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_code_of_another_council_is_refused(
    source: ClaimSource[TableRow], column: str, wrong: str
) -> None:
    """The first row with a code that is not its council's is named with what is expected."""
    table = source.table
    text = files("data").joinpath("tables", table.name, table.table).read_text(encoding="utf-8")
    header, first, *_ = text.splitlines()
    cells = first.split(",")
    place = header.split(",").index(column)
    spoilt = ",".join([*cells[:place], wrong, *cells[place + 1 :]])
    with pytest.raises(UnreadableTable, match=f"line 2, column {column}: '{wrong}'.*expected"):
        read_rows(f"{header}\n{spoilt}\n", table.table, table.row)
