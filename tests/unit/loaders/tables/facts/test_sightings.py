"""Sightings: a bad cell is named."""

import pytest

from data.registry.identifiers import read_identities
from data.sources import SourceRows
from data.tables.table import read_rows
from loaders.tables.facts.sightings import SIGHTINGS, SightingRow
from ontology.errors import UnreadableTable
from tests.fixtures.guards import not_empty, replaced

HEADER = ",".join(SightingRow.model_fields)
ROW = (
    "slg-2021-12-01-commissioner,SLG,best-value,commissioner-in-post,2021-12-01,,,,,2021,2024-11,,"
    "slough-best-value-commissioners\n"
)


def rows(text: str) -> list[SightingRow]:
    """Return the rows of a made-up table."""
    return read_rows(f"{HEADER}\n{text}", "sightings/sightings.csv", SightingRow)


def test_the_row_is_read() -> None:
    """What the other tests spoil is good."""
    assert rows(ROW)[0].state == "commissioner-in-post"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("slg-2021-12-01-commissioner", "SLG commissioner", "column key"),
        (",SLG,", ",SLOUGH,", "column council: 'SLOUGH'"),
        ("best-value,", "value,", "column regime: 'value'"),
        ("commissioner-in-post", "in-post", "column state: 'in-post'"),
        ("2021-12-01,,", "1 December,,", "column seen"),
        ("2021-12-01,,", f"2021-12-01,{'x' * 201},", "column seen_reason"),
        ("2021-12-01,,", "2021-12-01,,The act", "column act: 'The act'.*the key of a row"),
        ("2021-12-01,,", "2021-12-01,,direction/NOPE", "column act: .*'NOPE' is not the identif"),
        ("2021-12-01,,", "2021-12-01,,person/jane-roe", "column act: .*is no act; expected one"),
        (",,,,,2021", ",,,,many,2021", "column counted: 'many'"),
        (",,,,,2021", ",,,One; Two,1,2021", "column counted: 1, where 2 are named in holder"),
        (
            "commissioner-in-post,2021-12-01,,,",
            "ended,2021-12-01,,,One",
            "column holder: nobody",
        ),
        ("commissioner-in-post,2021-12-01,,,,", "ended,2021-12-01,,,,3", "column counted: holders"),
        (",2021,2024-11", ",long ago,2024-11", "column since"),
        (",2024-11,", ",soon,", "column planned_end"),
        (",,slough", f",{'x' * 200},slough", "column summary"),
        ("slough-best-value-commissioners", "no-such-page", "column page"),
    ],
)
def test_a_bad_cell_is_named(old: str, new: str, message: str) -> None:
    """Whoever keeps the table reads where the fault is."""
    with pytest.raises(UnreadableTable, match=message):
        rows(replaced(ROW, old, new, 1))


def records(text: str) -> list[object]:
    """Return what the pages of a made-up table say."""
    read = SourceRows(tuple(rows(text)), "sightings.csv", text)
    return list(SIGHTINGS.records(read, read_identities()))


@pytest.mark.parametrize(
    ("act", "holder", "message"),
    [
        (
            "direction/NFK-2016-01",
            "",
            "column act: direction/NFK-2016-01 is an act towards NFK; ex",
        ),
        (
            "direction/SLG-1999-07",
            "",
            "column act: direction/SLG-1999-07 is in no register; expect",
        ),
        ("transfer/SLG-2015-01", "", "column act: transfer/SLG-2015-01 is a transfer; expected a"),
        ("slg-no-such-row", "", "column act: 'slg-no-such-row' is no row; expected the"),
        ("bir-2023-10-05-best-value-direction", "", "column act: .* is an act towards BIR"),
        (
            "",
            "Jane Roe",
            "row slg-2021-12-01-commissioner, column holder: 'Jane Roe' is not decided",
        ),
    ],
)
def test_what_is_named_is_there_and_of_the_council(act: str, holder: str, message: str) -> None:
    """Another council's act, one that nobody minted, and a name that nobody decided."""
    assert not_empty(records(ROW))
    with pytest.raises(UnreadableTable, match=message):
        records(replaced(ROW, ",2021-12-01,,,,", f",2021-12-01,,{act},{holder},", 1))
