"""A table is read strictly: columns, cells and number of rows are as expected, or it is refused."""

from __future__ import annotations

from datetime import date

import pytest

from data.councils.rows import RegisterRow
from data.tables.table import OfficeRow, read_registry, read_rows, read_table
from ontology.errors import UnreadableTable
from tests.fixtures.guards import replaced

COUNCILS = """\
code,name,short_name,type,region,county,authority,gss_code,began_on,ended_on,successors
NFK,Norfolk County Council,Norfolk,county,east-of-england,,,E10000020,,,
COR,Corby Borough Council,Corby,district,east-midlands,NTH,,E07000150,1974-04-01,2021-04-01,NNT
BIR,Birmingham City Council,Birmingham,metropolitan,west-midlands,,WMCA,E08000025,1974-04-01,,
"""


def test_council_table_is_read() -> None:
    """An empty day is no day, a given one is a calendar day; a cell may hold several codes."""
    norfolk, corby, birmingham = read_rows(COUNCILS, "register.csv", RegisterRow)
    assert (norfolk.ended_on, norfolk.county, norfolk.successors) == (None, None, [])
    assert (corby.ended_on, corby.county) == (date(2021, 4, 1), "NTH")
    assert birmingham.authority == "WMCA"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("code,name", "name,code", ["columns", "expected code"]),
        ("NFK,", "Norfolk,", ["line 2", "column code", "Norfolk"]),
        ("Norfolk County Council", "", ["line 2", "column name"]),
        ("Norfolk,county", ",county", ["line 2", "column short_name"]),
        ("Norfolk,county", "Norfolk,shire", ["line 2", "column type", "shire"]),
        ("east-of-england", "East of England", ["line 2", "column region", "East of England"]),
        ("NTH,", "Northants,", ["line 3", "column county", "Northants"]),
        ("WMCA", "West Midlands", ["line 4", "column authority", "West Midlands"]),
        ("E10000020", "10000020", ["line 2", "column gss_code"]),
        ("1974-04-01", "1974", ["line 3", "column began_on", "1974"]),
        ("2021-04-01", "1 April 2021", ["line 3", "column ended_on", "1 April 2021"]),
        ("2021-04-01,NNT", "2021-04-01,NNT;WNT", ["line 3", "column successors", "NNT;WNT"]),
        ("COR,", "NFK,", ["line 3", "NFK", "stands twice"]),
        ("E10000020,,,", "E10000020,,", ["line 2", "10 cells", "expected 11"]),
        ("Norfolk County", '"Norfolk" County', ["line 2", "not CSV"]),
    ],
)
def test_bad_cell_is_refused_by_file_line_and_column(
    old: str, new: str, expected: list[str]
) -> None:
    """One bad value per column; each is named."""
    with pytest.raises(UnreadableTable) as caught:
        read_rows(replaced(COUNCILS, old, new, 1), "register.csv", RegisterRow)
    assert [part for part in ["register.csv", *expected] if part not in str(caught.value)] == []


def test_tables_hold_what_their_source_expects() -> None:
    """The project's own tables are complete: the offices that documents name, every council."""
    assert {row.id for row in read_table("organisations", "offices.csv", OfficeRow)} >= {
        "sos-education",
        "sos-hclg",
    }
    assert len(read_table("councils", "register.csv", RegisterRow)) == 380


@pytest.mark.parametrize(
    ("kind", "count"), [("inspections", 12), ("directions", 8), ("appointments", 6)]
)
def test_registers_hold_what_was_minted(kind: str, count: int) -> None:
    """An ordinal is minted once; the register only grows."""
    assert len(read_registry(f"{kind}.csv")) >= count
