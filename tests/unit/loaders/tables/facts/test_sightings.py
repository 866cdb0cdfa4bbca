"""Sightings: a bad cell is named."""

import pytest

from data.tables.table import read_rows
from loaders.tables.facts.sightings import SightingRow
from ontology.errors import UnreadableTable
from tests.fixtures.guards import replaced

HEADER = ",".join(SightingRow.model_fields)
ROW = (
    "slg-2021-12-01-commissioner,SLG,best-value,commissioner-in-post,2021-12-01,,,,2021,2024-11,,"
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
