"""Best value acts: bad cells are named; combined authorities, variations, plans, inspections."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data.records.form import Listing
from data.registry.identifiers import Identities
from data.sources import SourceRows
from data.tables.table import read_rows
from loaders.tables.facts.acts import ACTS, ActRow
from ontology.errors import UnreadableTable
from tests.fixtures.guards import not_empty, replaced

HEADER = ",".join(ActRow.model_fields)
PAGE = "mhclg-slough-directions"
DIRECTION = (
    "slg-2021-12-01-direction,SLG,best-value,direction,2021-12-01,stated,,2024-11,expired,P3Y,new,,"
    f"ukpga/1999/27/section/15/5 ukpga/1999/27/section/15/6,Commissioners.,{PAGE}\n"
)
VARIATION = (
    "slg-2022-09-01-direction,SLG,best-value,direction,2022-09-01,stated,,,,,varied,"
    f"slg-2021-12-01-direction,ukpga/1999/27/section/15,More powers.,{PAGE}\n"
)
INSPECTION = (
    "bdf-2026-02-10-inspection,BDF,best-value,inspection,2026-02-10,stated,,,,,,,"
    f"ukpga/1999/27/section/10,,{PAGE}\n"
)
NOTICE = (
    "cpca-2023-01-24-notice,CPCA,best-value,best-value-notice,2023-01-24,stated,,,,,,,,First.,"
    f"{PAGE}\n"
)
IDENTITIES = Identities(
    {
        "acts/slg-2021-12-01-direction": "direction/SLG-2021-02",
        "acts/slg-2022-09-01-direction": "direction/SLG-2022-01",
        "acts/bdf-2026-02-10-inspection": "inspection/BDF-2026-01",
        "acts/liv-report": "inspection/LIV-2020-01",
        "acts/cpca-2023-01-24-notice": "notice/CPCA-2023-01",
    }
)


def rows(text: str) -> list[ActRow]:
    """Return the rows of a made-up table."""
    return read_rows(f"{HEADER}\n{text}", "acts/best_value.csv", ActRow)


def told(text: str) -> Iterator[Listing]:
    """Yield what each page says that made-up rows were read from."""
    found = SourceRows(tuple(rows(text)), "best_value.csv", text)
    for file in ACTS.records(found, IDENTITIES):
        assert isinstance(file.record, Listing)
        yield file.record


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("slg-2021-12-01-direction", "SLG 2021", "column key"),
        (",SLG,", ",SLOUGH,", "column council: 'SLOUGH'"),
        (",SLG,", ",QQQ,", "column council: 'QQQ'.*expected a council or a combined authority"),
        (",best-value,", ",value,", "column regime"),
        (",best-value,", ",,", "column regime"),
        (",best-value,", ",best-value send,", "regimes of two offices"),
        (",direction,", ",order,", "column act: 'order'"),
        (",2021-12-01,", ",2021-12-32,", "column date: '2021-12-32'"),
        (",stated,,", ",guessed,,", "column date_kind: 'guessed'"),
        (",stated,,", ",inferred,,", "an inferred date needs a reason"),
        (",2021-12-01,", ",,", "no kind stands without a date"),
        (",2024-11,", ",November 2024,", "column ended"),
        (",2024-11,", ",2020,", "before it begins"),
        (",expired,", ",over,", "column ending: 'over'"),
        (",P3Y,", ",three years,", "column planned_end.*or a number of years such as P5Y"),
        (",new,", ",bigger,", "column change: 'bigger'"),
        ("section/15/5 ", "section-15 ", "column powers"),
        (",Commissioners.,", f",{'x' * 200},", "column summary"),
        (PAGE, "no-such-page", "column page: 'no-such-page'"),
    ],
)
def test_a_bad_cell_is_named(old: str, new: str, message: str) -> None:
    """Whoever keeps the table reads where the fault is."""
    with pytest.raises(UnreadableTable, match=message):
        rows(replaced(DIRECTION, old, new, 1))


def test_an_act_that_no_row_has_cannot_be_varied() -> None:
    """A key that is wrong is named with the kinds of keys that are right."""
    with pytest.raises(UnreadableTable, match="'slg-2021-12-01-direction' is no row"):
        not_empty(list(told(VARIATION)))


def test_a_variation_leaves_the_earlier_act_in_force() -> None:
    """It varies, and does not replace; that the page means the act before it is inferred."""
    (page,) = told(DIRECTION + VARIATION)
    later = page.directions[1]
    assert [said.value for said in later.varies] == ["direction/SLG-2021-02"]
    assert [said.modality for said in later.varies] == ["inferred"]
    assert later.replaces == []


def test_an_extension_replaces_the_earlier_act() -> None:
    """Another word for the change makes another link."""
    (page,) = told(DIRECTION + replaced(VARIATION, "varied", "extended", 1))
    later = page.directions[1]
    assert [said.value for said in later.replaces] == ["direction/SLG-2021-02"]
    assert later.varies == []


def test_a_plan_in_years_counts_from_the_act() -> None:
    """P3Y is worked out, and marked as inferred."""
    (page,) = told(DIRECTION)
    (plan,) = page.directions[0].planned_end
    assert (plan.date, plan.status) == ("2024-12-01", "inferred")


def test_a_plan_in_years_needs_a_day() -> None:
    """Years that count from nothing are refused, with the row."""
    without = replaced(DIRECTION, "2021-12-01,stated", ",", 1)
    with pytest.raises(UnreadableTable, match="planned_end: P3Y without a date"):
        not_empty(list(told(without)))


def test_an_inspection_is_announced_without_a_report() -> None:
    """What is announced has its day and its power, and nothing of a report."""
    (page,) = told(INSPECTION)
    (inspection,) = page.inspections
    assert [time.date for time in inspection.announced] == ["2026-02-10"]
    assert [said.value for said in inspection.ordered_under] == ["ukpga/1999/27/section/10"]
    assert [said.value for said in inspection.kind] == ["BestValueInspection"]
    assert inspection.report_published == []


def test_the_end_of_an_inspection_is_its_report() -> None:
    """A page that tells of the report only gives no day of an announcement."""
    report = replaced(INSPECTION, "2026-02-10,stated,,,", ",,,2026-06-30,", 1)
    (page,) = told(report)
    assert page.inspections[0].announced == []
    assert [time.date for time in page.inspections[0].report_published] == ["2026-06-30"]


def test_an_inspection_is_reported_in_the_report_of_the_same_page() -> None:
    """The report that the table of reports has from the page is that of the inspection."""
    report = replaced(INSPECTION, "bdf-2026-02-10-inspection,BDF", "liv-report,LIV", 1)
    report = replaced(report, "2026-02-10,stated,,,", ",,,2021-03-24,", 1)
    report = replaced(report, PAGE, "mhclg-liverpool-directions", 1)
    (page,) = told(report)
    found = [said.value for said in page.inspections[0].report]
    assert found == ["liv-best-value-inspection-report-2021"]


def test_a_notice_to_a_combined_authority() -> None:
    """Its code has four letters, as has its identifier."""
    (page,) = told(NOTICE)
    (notice,) = page.notices
    assert notice.id == "CPCA-2023-01"
    assert [said.value for said in notice.addressed_to] == ["CPCA"]


def test_a_day_that_the_press_gives_is_the_day_of_the_act() -> None:
    """Pages that give one day tell of one act, whoever gives it."""
    other = replaced(
        replaced(DIRECTION, "slg-2021-12-01-direction", "slg-2021-12-01-press", 1),
        ",stated,",
        ",press,",
        1,
    )
    proofs = {mention.same_as for mention in ACTS.mentions(rows(DIRECTION + other))}
    assert proofs == {"best-value/SLG/2021-12-01"}
