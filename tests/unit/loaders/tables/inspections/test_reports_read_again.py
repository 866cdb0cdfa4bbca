"""Reports that were read again: three grades, and stays on site with days between them."""

from __future__ import annotations

import pytest

from data.registry.identifiers import read_identities
from data.sources import read_own_table
from data.tables.table import read_rows, write_rows
from loaders.claims.claim import read_claims
from loaders.claims.writer import claim_triples
from loaders.tables.inspections.reports_read_again import (
    READINGS,
    REPORTS_READ_AGAIN,
    ReadAgainRow,
)
from ontology import CI
from ontology.errors import UnreadableTable
from tests.fixtures.guards import not_empty

OWN = "reports-read-again/readings.csv"
STAYS = "{2019-07-08..2019-07-12,2019-08-07..2019-08-08}"


@pytest.mark.parametrize(
    ("cells", "column", "expected"),
    [
        ("x,grade,sif-2,DAL,80458,good,r", "report", "String should match"),
        ("50004447,stay,sif-2,DAL,80458,good,r", "subject", "Input should be 'grade' or 'on-site'"),
        ("50004447,grade,,DAL,80458,good,r", "area", "expected the area that is graded"),
        (f'50110094,on-site,sif-2,DBY,80460,"{STAYS}",r', "area", "expected no area"),
        ("50004447,grade,sif-2,DA,80458,good,r", "council", "String should match"),
        ("50004447,grade,sif-2,DAL,80418,good,r", "urn", "expected the number of Darlington"),
        ("50004447,grade,sif-2,DAL,80458,fine,r", "value", "expected a grade, such as"),
        ("50110094,on-site,,DBY,80460,twice,r", "value", "'twice' is not a date in EDTF"),
        ("50110094,on-site,,DBY,80460,2019-07-08/2019-07-12,r", "value", "expected two stays"),
        ('50110094,on-site,,DBY,80460,"{2019-07,2019-08}",r', "value", "expected two stays or mo"),
        (
            '50110094,on-site,,DBY,80460,"{2019-08-07..2019-08-08,2019-07-08..2019-07-12}",r',
            "value",
            "a part begins before the one before it has ended",
        ),
        ("50004447,grade,sif-2,DAL,80458,good,", "reason", "at least 1 character"),
    ],
)
def test_bad_cell_is_named(cells: str, column: str, expected: str) -> None:
    """The message names file, line, column, the value, and what was expected."""
    text = write_rows([], ReadAgainRow) + cells + "\n"
    with pytest.raises(UnreadableTable, match=rf"^{OWN}, line 2, column {column}: .*{expected}"):
        read_rows(text, OWN, ReadAgainRow)


def test_darlington_has_the_grades_of_its_report() -> None:
    """May 2018: looked after children, adoption and leadership."""
    (file,) = REPORTS_READ_AGAIN.records(read_own_table(READINGS), read_identities())
    found = {
        judgement.area: judgement.grade[0].value
        for inspection in file.record.inspections
        for judgement in inspection.judgements
    }
    assert [one.id for one in file.record.inspections if one.judgements] == ["DAL-2018-01"]
    worse = "requires-improvement"
    assert found == {"sif-2": worse, "sif-2.1": "good", "sif-3": worse}


def test_the_days_between_two_stays_were_not_on_site() -> None:
    """Each stay is a time of its own; the whole begins with the first and ends with the last."""
    (file,) = REPORTS_READ_AGAIN.records(read_own_table(READINGS), read_identities())
    claims = [claim for claim in read_claims(file) if claim.property == CI.onSite]
    lines = "".join(claim_triples(not_empty(claims), {}))
    assert lines.count(f"<{CI.timePart}>") == 4
    for day in ("2019-07-08", "2019-07-12", "2019-08-07", "2019-08-08"):
        assert f'"{day}"^^' in lines
