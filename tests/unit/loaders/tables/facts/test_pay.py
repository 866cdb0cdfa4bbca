"""Pay and cost: a bad cell is named; pages that differ on one figure both stand."""

import pytest

from data.registry.identifiers import Identities
from data.sources import SourceRows, read_own_table
from data.tables.table import read_rows
from loaders.claims.claim import Claim, read_claims
from loaders.tables.facts.pay import PAY, PayRow
from ontology import CI
from ontology.dates import TimeReading
from ontology.errors import UnreadableTable
from tests.fixtures.guards import not_empty, replaced

HEADER = ",".join(PayRow.model_fields)
COUNCIL = (
    "saw-a,saw-rate,SAW,best-value,Jim Taylor,assistant commissioner,daily-rate,agreed,,1100,,"
    "2022-03,2024-03,As the council says.,bradfordcft\n"
)
PRESS = (
    "saw-b,saw-rate,SAW,best-value,Jim Taylor,assistant commissioner,daily-rate,agreed,,1000,,"
    "2022-03,,,sandwell-commissioners-publications\n"
)
LIMIT = (
    "saw-c,saw-limit,SAW,best-value,,each commissioner,limit-of-days,agreed,year,,150,,,,"
    "bradfordcft\n"
)


def rows(text: str) -> list[PayRow]:
    """Return the rows of a made-up table."""
    return read_rows(f"{HEADER}\n{text}", "pay/pay.csv", PayRow)


def claims(text: str) -> list[Claim]:
    """Return what the pages of a made-up table say."""
    read = SourceRows(tuple(rows(text)), "pay.csv", text)
    found = not_empty(list(PAY.records(read, Identities({}))))
    return [claim for file in found for claim in read_claims(file)]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("saw-a,", "SAW A,", "column key: 'SAW A'"),
        (",saw-rate,", ",The rate,", "column pay: 'The rate'"),
        (",SAW,", ",ZZZ,", "column council: 'ZZZ'.*of the register"),
        (",best-value,", ",schools,", "column regime: 'schools'"),
        ("assistant commissioner", "", "column role"),
        (",daily-rate,", ",hourly,", "column kind: 'hourly'"),
        (",agreed,", ",hoped,", "column basis: 'hoped'"),
        (",agreed,,", ",agreed,week,", "column per: 'week'"),
        (",1100,", ",£1100,", "column amount_gbp: '£1100'"),
        (",1100,,", ",1100,many,", "column days: 'many'"),
        (",2022-03,", ",2022-13,", "column period_from: '2022-13'"),
        (",2024-03,", ",later,", "column period_to: 'later'"),
        ("As the council says.", "x" * 200, "column summary"),
        ("bradfordcft", "no-such-page", "column page: 'no-such-page'.*pages.csv"),
    ],
)
def test_a_bad_cell_is_named(old: str, new: str, message: str) -> None:
    """Whoever keeps the table reads where the fault is, and what is accepted."""
    with pytest.raises(UnreadableTable, match=message):
        rows(replaced(COUNCIL, old, new, 1))


@pytest.mark.parametrize(
    ("text", "old", "new", "message"),
    [
        (COUNCIL, ",1100,", ",,", "every other kind of pay has a sum"),
        (LIMIT, ",,150,", ",900,150,", "a limit of days has days and no sum"),
        (LIMIT, ",150,", ",,", "needs its number of days"),
        (COUNCIL, ",2024-03,", ",2021,", r"ends \(2021\) before it begins \(2022-03\)"),
    ],
)
def test_cells_that_contradict_each_other_are_refused(
    text: str, old: str, new: str, message: str
) -> None:
    """A row without its figure says nothing."""
    with pytest.raises(UnreadableTable, match=message):
        rows(replaced(text, old, new, 1))


def test_a_holder_whom_nobody_decided_is_refused() -> None:
    """Pay is that of office-holders, by decision."""
    with pytest.raises(UnreadableTable, match="'Jane Roe' is not decided for the council SAW"):
        claims(replaced(COUNCIL, "Jim Taylor", "Jane Roe", 1))


def test_one_remuneration_is_of_one_kind() -> None:
    """A daily rate and a total are two, and have two names."""
    with pytest.raises(UnreadableTable, match="several councils, kinds or bases"):
        claims(COUNCIL + replaced(PRESS, ",daily-rate,", ",total,", 1))


def test_pages_that_differ_both_stand() -> None:
    """The council's figure and the newspaper's are claims on one remuneration."""
    found = [claim for claim in claims(COUNCIL + PRESS) if claim.property == CI.amountGbp]
    assert {str(claim.value) for claim in found} == {"1100", "1000"}
    assert len({claim.slot for claim in found}) == 1
    assert len({claim.document for claim in found}) == 2


def test_a_period_is_open_where_no_end_is_told() -> None:
    """A rate holds from a month on; a limit without a period has none."""
    times = {
        claim.value.edtf
        for claim in claims(COUNCIL + PRESS + LIMIT)
        if claim.property == CI.payPeriod and isinstance(claim.value, TimeReading)
    }
    assert times == {"2022-03/2024-03", "2022-03/"}


def test_of_several_nobody_is_named() -> None:
    """The role says whose limit it is, a year."""
    found = claims(LIMIT)
    assert [claim for claim in found if claim.property == CI.paidTo] == []
    told = {str(claim.value) for claim in found if claim.property in (CI.paidFor, CI.paidPer)}
    assert told == {"each commissioner", "P1Y"}


def test_every_row_of_the_table_is_read() -> None:
    """The two rates that pages give for the assistant commissioner of Sandwell."""
    table = not_empty(read_own_table(PAY.table).rows)
    rates = {
        row.amount_gbp
        for row in table
        if (row.council, row.holder, row.kind) == ("SAW", "Jim Taylor", "daily-rate")
    }
    assert rates == {"1000", "1100"}
