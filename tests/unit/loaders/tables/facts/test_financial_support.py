"""Exceptional financial support: a bad cell is named; what is first said and revised both stand."""

import pytest

from data.registry.identifiers import Identities
from data.sources import SourceRows, read_own_table
from data.tables.table import read_rows
from loaders.claims.claim import read_claims
from loaders.tables.facts.financial_support import FINANCIAL_SUPPORT, SupportRow
from ontology import CI
from ontology.errors import UnreadableTable
from tests.fixtures.guards import not_empty, replaced

HEADER = ",".join(SupportRow.model_fields)
FIRST = (
    "bir-a,bir-2024-25-a,BIR,2024-25,,2024-25,685000000,in-principle,2024-02-29,,,,bradfordcft\n"
)
LATER = (
    "bir-b,bir-2024-25-b,BIR,2024-25,,2024-25,490000000,revised,2025-02-20,bir-2024-25-a,,,"
    "bradfordcft\n"
)


def rows(text: str) -> list[SupportRow]:
    """Return the rows of a made-up table."""
    return read_rows(f"{HEADER}\n{text}", "financial-support/amounts.csv", SupportRow)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("bir-a,", "BIR A,", "column key: 'BIR A'"),
        (",bir-2024-25-a,", ",Sum,", "column amount: 'Sum'"),
        (",BIR,", ",ZZZ,", "column council: 'ZZZ'.*of the register"),
        (",2024-25,,", ",2024,,", "column year: '2024'"),
        (",2024-25,,2024-25,", ",2024-25,soon,2024-25,", "column to_year: 'soon'"),
        (",,2024-25,", ",,2024,", "column decided_in: '2024'"),
        (",685000000,", ",685m,", "column amount_gbp: '685m'"),
        (",in-principle,", ",maybe,", "column status: 'maybe'"),
        (",2024-02-29,", ",2024-02-30,", "column stated: '2024-02-30'"),
        (",2024-02-29,,", ",2024-02-29,No Sum,", "column supersedes: 'No Sum'"),
        (",,,,bradfordcft", ",,685m,,bradfordcft", "column superseded_gbp: '685m'"),
        (",,bradfordcft", f",{'x' * 200},bradfordcft", "column summary"),
        ("bradfordcft", "no-such-page", "column page: 'no-such-page'.*pages.csv"),
    ],
)
def test_a_bad_cell_is_named(old: str, new: str, message: str) -> None:
    """Whoever keeps the table reads where the fault is, and what is accepted."""
    with pytest.raises(UnreadableTable, match=message):
        rows(replaced(FIRST, old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (",2024-25,,2024-25,", ",2024-26,,2024-25,", "2024-26 is no financial year"),
        (",2024-25,,", ",2024-25,2023-24,", "comes after the first"),
        (",685000000,", ",,", "an amount is missing"),
        (",2024-02-29,,", ",2024-02-29,bir-2024-25-a,", "does not supersede itself"),
        (",,,,bradfordcft", ",,9,,bradfordcft", "an earlier sum needs the name of its amount"),
    ],
)
def test_cells_that_contradict_each_other_are_refused(old: str, new: str, message: str) -> None:
    """A year that is none, a sum of nothing, and a sum that takes its own place."""
    with pytest.raises(UnreadableTable, match=message):
        rows(replaced(FIRST, old, new, 1))


def records(text: str) -> list[object]:
    """Return what the pages of a made-up table say."""
    read = SourceRows(tuple(rows(text)), "amounts.csv", text)
    return list(FINANCIAL_SUPPORT.records(read, Identities({})))


def test_a_sum_is_of_one_council_and_year() -> None:
    """A name that two councils share is refused with its row."""
    other = replaced(replaced(FIRST, "bir-a", "bir-c", 1), ",BIR,", ",BRD,", 1)
    with pytest.raises(UnreadableTable, match="several councils or years"):
        records(FIRST + other)


def test_a_sum_supersedes_one_of_its_own_council_and_year() -> None:
    """A sum that nobody knows cannot have been superseded."""
    with pytest.raises(UnreadableTable, match="expected an amount for BIR and 2024-25"):
        records(LATER)
    assert records(FIRST + LATER)


def test_first_said_and_revised_are_both_claims() -> None:
    """Each sum has its own claims, with the day on which its page stated it."""
    read = SourceRows(tuple(rows(FIRST + LATER)), "amounts.csv", FIRST + LATER)
    files = not_empty(list(FINANCIAL_SUPPORT.records(read, Identities({}))))
    claims = [claim for file in files for claim in read_claims(file)]
    sums = {str(claim.value) for claim in claims if claim.property == CI.amountGbp}
    assert sums == {"685000000", "490000000"}
    (later,) = [claim for claim in claims if claim.property == CI.supersedes]
    assert str(later.value).endswith("support-amount/bir-2024-25-a")


def test_a_page_that_tells_the_earlier_sum_states_it_too() -> None:
    """The sum before is a claim of the later page, with the day on which that page told it."""
    told = replaced(LATER, "bir-2024-25-a,,,", "bir-2024-25-a,691000000,,", 1)
    read = SourceRows(tuple(rows(FIRST + told)), "amounts.csv", FIRST + told)
    files = not_empty(list(FINANCIAL_SUPPORT.records(read, Identities({}))))
    claims = [claim for file in files for claim in read_claims(file)]
    earlier = [claim for claim in claims if claim.about.endswith("/bir-2024-25-a")]
    of_later = [claim for claim in earlier if claim.passage.row == "bir-b"]
    assert {str(claim.value) for claim in of_later if claim.property == CI.amountGbp} == {
        "691000000"
    }
    days = [claim.value for claim in of_later if claim.property == CI.stated]
    assert [str(getattr(day, "latest", "")) for day in days] == ["2025-02-20"]


def test_every_row_of_the_table_is_read() -> None:
    """The three sums of Birmingham for 2024-25 stand in the table, the last superseding."""
    table = not_empty(read_own_table(FINANCIAL_SUPPORT.table).rows)
    known = {row.amount_gbp for row in table if (row.council, row.year) == ("BIR", "2024-25")}
    assert known == {"685000000", "490000000", "405700000"}
