"""A table is read strictly: columns, cells and number of rows are as expected, or it is refused."""

from __future__ import annotations

import pytest

from data.tables import CouncilRow, OfficeRow, read_registry, read_rows, read_table
from ontology.errors import UnreadableTable

COUNCILS = """\
code,name,type,gss_code,established_on,vested_on,dissolved_on
NFK,Norfolk County Council,county,E10000020,,,
NTH,Northamptonshire County Council,county,E10000021,,,2021-04-01
"""


def test_council_table_is_read() -> None:
    """An empty day is no day, a given one is a calendar day."""
    norfolk, northamptonshire = read_rows(COUNCILS, "councils.csv", CouncilRow)
    assert norfolk.dissolved_on is None
    assert northamptonshire.dissolved_on is not None
    assert northamptonshire.dissolved_on.isoformat() == "2021-04-01"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("code,name", "name,code", ["columns", "expected code"]),
        ("NFK,", "Norfolk,", ["line 2", "column code", "Norfolk"]),
        ("Norfolk County Council", "", ["line 2", "column name"]),
        ("Council,county,E10000020", "Council,shire,E10000020", ["line 2", "column type", "shire"]),
        ("E10000020", "10000020", ["line 2", "column gss_code"]),
        ("2021-04-01", "1 April 2021", ["line 3", "column dissolved_on", "1 April 2021"]),
        ("NTH,", "NFK,", ["line 3", "NFK", "stands twice"]),
        ("E10000020,,,", "E10000020,,", ["line 2", "6 cells", "expected 7"]),
        ("Norfolk County", '"Norfolk" County', ["line 2", "not CSV"]),
    ],
)
def test_bad_cell_is_refused_by_file_line_and_column(
    old: str, new: str, expected: list[str]
) -> None:
    """One bad value per column; each is named."""
    with pytest.raises(UnreadableTable) as caught:
        read_rows(COUNCILS.replace(old, new, 1), "councils.csv", CouncilRow)
    assert [part for part in ["councils.csv", *expected] if part not in str(caught.value)] == []


def test_tables_hold_what_their_source_expects() -> None:
    """The project's own tables are complete: the offices and councils that the documents name."""
    assert {row.id for row in read_table("organisations", "offices.csv", OfficeRow)} >= {
        "sos-education",
        "sos-hclg",
    }
    assert len(read_table("councils", "councils.csv", CouncilRow)) == 16


@pytest.mark.parametrize(
    ("kind", "count"), [("inspections", 12), ("directions", 8), ("appointments", 6)]
)
def test_registers_hold_what_was_minted(kind: str, count: int) -> None:
    """An ordinal is minted once; the register only grows."""
    assert len(read_registry(kind)) >= count
