"""Bodies that run services: a bad cell is named; one body and council are one move of services."""

import pytest

from data.tables.table import read_rows
from loaders.tables.facts.trusts import TRUSTS, TrustRow
from ontology.errors import UnreadableTable
from tests.fixtures.guards import replaced

HEADER = ",".join(TrustRow.model_fields)
ROW = (
    "brd-2023-04-01-company,BRD,organisation/bradford-children-and-families-trust,"
    "community-interest-company,voluntary,2023-04-01,2030-01,2033,,bradfordcft\n"
)


def rows(text: str) -> list[TrustRow]:
    """Return the rows of a made-up table."""
    return read_rows(f"{HEADER}\n{text}", "trusts/trusts.csv", TrustRow)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("brd-2023-04-01-company", "BRD company", "column key"),
        (",BRD,", ",BRAD,", "column council: 'BRAD'"),
        ("organisation/", "organisations/", "column body"),
        ("community-interest-company", "club", "column model: 'club'"),
        ("voluntary", "willing", "column ground: 'willing'"),
        ("2023-04-01,2030-01", "2023-4-1,2030-01", "column began"),
        (",2030-01,", ",January 2030,", "column ended"),
        (",2033,", ",some day,", "column planned_end"),
        (",,bradfordcft", f",{'x' * 200},bradfordcft", "column summary"),
        ("bradfordcft", "no-such-page", "column page"),
        (",2030-01,", ",2022,", "before 2023-04-01"),
    ],
)
def test_a_bad_cell_is_named(old: str, new: str, message: str) -> None:
    """Whoever keeps the table reads where the fault is."""
    with pytest.raises(UnreadableTable, match=message):
        rows(replaced(ROW, old, new, 1))


def test_pages_that_name_one_body_tell_of_one_move() -> None:
    """A day that differs does not make two moves of the services of one council."""
    other = replaced(replaced(ROW, "brd-2023-04-01", "brd-2023-05", 1), "2023-04-01", "2023-05", 1)
    proofs = {mention.same_as for mention in TRUSTS.mentions(rows(ROW + other))}
    assert proofs == {"BRD/organisation/bradford-children-and-families-trust"}
