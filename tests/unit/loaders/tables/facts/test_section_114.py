"""Pages on section 114 reports: a bad cell is named; ground, power and officer are facts."""

import pytest

from data.registry.identifiers import Identities
from data.sources import SourceRows
from data.tables.table import read_rows
from loaders.claims.claim import read_claims
from loaders.tables.facts.section_114 import SECTION_114_PAGES, Section114PageRow
from ontology import CI
from ontology.errors import UnreadableTable
from tests.fixtures.guards import not_empty, replaced

HEADER = ",".join(Section114PageRow.model_fields)
ROW = "bir-2023-09-05,BIR,2023-09-05,,Equal pay.,ukpga/1988/41/section/114/3,bradfordcft\n"


def rows(text: str) -> list[Section114PageRow]:
    """Return the rows of a made-up table."""
    return read_rows(f"{HEADER}\n{text}", "section-114-pages/reports.csv", Section114PageRow)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("bir-2023-09-05,", "Birmingham,", "column key"),
        (",BIR,", ",BRUM,", "column council: 'BRUM'"),
        (",2023-09-05,,", ",5 September 2023,,", "column dated"),
        (",2023-09-05,,", ",2023-09-05,debt,", "column ground: 'debt'"),
        ("Equal pay.", "x" * 200, "column detail"),
        ("ukpga/1988/41/section/114/3", "section-114", "column powers"),
        ("bradfordcft", "no-such-page", "column page"),
    ],
)
def test_a_bad_cell_is_named(old: str, new: str, message: str) -> None:
    """Whoever keeps the table reads where the fault is."""
    with pytest.raises(UnreadableTable, match=message):
        rows(replaced(ROW, old, new, 1))


def test_the_subsection_tells_the_ground_and_the_act_the_officer() -> None:
    """Both are inferred and say so; a printed ground would be asserted."""
    identities = Identities({"section-114-pages/bir-2023-09-05": "section-114-report/BIR-2023-01"})
    read = SourceRows(tuple(rows(ROW)), "reports.csv", ROW)
    files = not_empty(list(SECTION_114_PAGES.records(read, identities)))
    claims = {claim.property: claim for file in files for claim in read_claims(file)}
    assert str(claims[CI.ground].value).endswith("section-114-ground/spending-beyond-means")
    assert claims[CI.ground].modality == claims[CI.madeBy].modality == "inferred"
    assert str(claims[CI.madeUnder].value).endswith("section/114/3")


def test_a_printed_ground_is_asserted() -> None:
    """What the page says needs no inference."""
    identities = Identities({"section-114-pages/bir-2023-09-05": "section-114-report/BIR-2023-01"})
    text = replaced(ROW, ",2023-09-05,,", ",2023-09-05,unlawful-spending,", 1)
    read = SourceRows(tuple(rows(text)), "reports.csv", text)
    files = list(SECTION_114_PAGES.records(read, identities))
    claims = {claim.property: claim for file in files for claim in read_claims(file)}
    assert str(claims[CI.ground].value).endswith("unlawful-spending")
    assert claims[CI.ground].modality == "asserted"
