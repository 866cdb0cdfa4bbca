"""The history of inspections: each row becomes what it is, each cell a grade or a reason."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from data.councils.register import plain_name, read_register
from data.decisions.reclassified import read_reclassified, reclassified_from
from data.records.form import Inspection, Judgement, Listing
from data.registry.identifiers import Identities
from data.sources import SourceRows, read_source
from loaders.tables.events.childrens_interventions import CHILDRENS_INTERVENTIONS
from loaders.tables.inspections import inspected_rows
from loaders.tables.inspections.ofsted_history import (
    HISTORY,
    OFSTED_HISTORY,
    HistoryRow,
    framework_of,
    row_claims,
)
from loaders.tables.inspections.single_inspections import TABLE as SINGLE
from ontology.errors import UnknownIdentifier, UnreadableTable
from tests.fixtures.guards import not_empty


def identities(rows: tuple[HistoryRow, ...]) -> Identities:
    """Return identifiers for all inspections, as minting would give them."""
    given: Counter[str] = Counter()
    things = {}
    for mention in OFSTED_HISTORY.mentions(rows):
        assert mention.latest is not None
        lead = f"{mention.council}-{mention.latest.year}"
        given[lead] += 1
        things[mention.row] = f"inspection/{lead}-{given[lead]:02}"
    return Identities(things)


def listing(rows: tuple[HistoryRow, ...]) -> Listing:
    """Return what some rows say."""
    (file,) = OFSTED_HISTORY.records(SourceRows(rows, "inspections.csv", ""), identities(rows))
    assert isinstance(file.record, Listing)
    return file.record


def row_of(rows: tuple[HistoryRow, ...], report: str) -> HistoryRow:
    """Return the row of one report."""
    (found,) = [row for row in rows if row.report == report]
    return found


@pytest.fixture(scope="module")
def rows() -> tuple[HistoryRow, ...]:
    """Return the rows of our table."""
    return read_source(HISTORY).rows


@pytest.fixture(scope="module")
def whole(rows: tuple[HistoryRow, ...]) -> dict[str, Inspection]:
    """Return the inspections of our table by the number of their report."""
    return {str(inspection.row): inspection for inspection in listing(rows).inspections}


def judgements(whole: dict[str, Inspection]) -> list[Judgement]:
    """Return every judgement of the table."""
    return [judgement for inspection in whole.values() for judgement in inspection.judgements]


def grade(inspection: Inspection, area: str) -> tuple[list[str], list[str]]:
    """Return the grades of an area with how sure they are, and the reasons for none."""
    (found,) = [judgement for judgement in inspection.judgements if judgement.area == area]
    grades = [f"{said.value} {said.modality or 'asserted'}" for said in found.grade]
    return grades, [said.value for said in found.not_judged]


def test_every_row_becomes_what_it_is(rows: tuple[HistoryRow, ...]) -> None:
    """497 reports: 492 graded inspections, one review of a board, four pages without a report."""
    content = listing(rows)
    assert Counter(document.kind for document in content.documents) == {
        "inspection-report": 493,
        "unusable-document": 4,
    }
    kinds = Counter(said.value for inspection in content.inspections for said in inspection.kind)
    assert kinds == {"GradedInspection": 492, "SafeguardingBoardReview": 1}
    frameworks = Counter(
        said.value
        for inspection in content.inspections
        for said in inspection.framework or [inspection.kind[0]]
    )
    assert frameworks == {
        "sif": 156,
        "looked-after-2013": 4,
        "ilacs-2018": 165,
        "ilacs-2023": 145,
        "ilacs-2026": 11,
        # Reports of 2018 without days on site: two frameworks were in use in the months before.
        "GradedInspection": 12,
    }
    assert len({inspection.id for inspection in content.inspections}) == 493


def test_every_cell_is_a_grade_or_a_reason(whole: dict[str, Inspection]) -> None:
    """1,429 graded cells, two of which are no grades; the other cells say why there is none."""
    found = judgements(whole)
    grades = Counter(said.modality or "asserted" for judgement in found for said in judgement.grade)
    assert grades == {"asserted": 1427, "possible": 2}
    assert Counter(said.value for judgement in found for said in judgement.not_judged) == {
        "predates-judgement": 165,
        "not-in-framework": 11,
        "unreadable": 6,
    }
    assert len(found) == 1427 + 165 + 11 + 6


@pytest.mark.parametrize(
    ("report", "area", "grades", "reasons"),
    [
        # Norfolk, on site in February 2026, still has an overall grade.
        ("50301680", "ilacs-overall", ["outstanding asserted"], []),
        ("50306547", "ilacs-overall", [], ["not-in-framework"]),
        ("50204404", "ilacs-in-care-and-care-leavers", ["good asserted"], []),
        ("50204404", "ilacs-care-leavers", [], ["predates-judgement"]),
        # Published in May 2023, but inspected in December 2022.
        ("50216273", "ilacs-in-care-and-care-leavers", ["inadequate asserted"], []),
        ("50210578", "ilacs-in-care", ["good asserted"], []),
        # A grade on two lines of the report.
        ("50048229", "ilacs-overall", [], ["unreadable"]),
        ("50048229", "ilacs-help", ["requires-improvement asserted"], []),
        # Rows that lost their days.
        ("50192198", "ilacs-care-leavers", ["inadequate possible"], ["predates-judgement"]),
        ("50246981", "ilacs-care-leavers", ["outstanding asserted"], []),
        ("50004248", "lac-overall", [], ["unreadable"]),
    ],
)
def test_grade_stands_on_the_area_of_the_time(
    whole: dict[str, Inspection], report: str, area: str, grades: list[str], reasons: list[str]
) -> None:
    """The days on site decide which areas there are, and what a column stands for."""
    assert grade(whole[report], area) == (grades, reasons)


def test_row_without_a_layout_it_knows_says_nothing_of_grades(whole: dict[str, Inspection]) -> None:
    """Reports of single inspections are not read by the tool; the other table has their grades."""
    single = {row.report for row in read_source(SINGLE).rows}
    assert len(single) == 167
    assert [whole[report].judgements for report in single] == [[]] * 167
    assert whole["50004302"].judgements == []


@pytest.mark.parametrize(
    ("number", "before", "after", "day"),
    [
        ("80442", "BKM", "BUC", date(2020, 4, 1)),
        ("80530", "NYK", "NYE", date(2023, 4, 1)),
        ("80555", "SOM", "SMT", date(2023, 4, 1)),
    ],
)
def test_council_is_the_one_of_the_day(
    rows: tuple[HistoryRow, ...], number: str, before: str, after: str, day: date
) -> None:
    """A number that outlives a council leads to its successor only from the change on."""
    found = {(row.council, row.first_day < day) for row in rows if row.urn == number}
    assert found == {(before, True), (after, False)}


def test_numbers_and_names_agree(rows: tuple[HistoryRow, ...]) -> None:
    """The name printed beside a number is one of the same council, with two known exceptions."""
    names = {
        code: set(map(plain_name, body.every_name)) for code, body in read_register().bodies.items()
    }
    other = {
        (row.place, row.council) for row in rows if plain_name(row.place) not in names[row.council]
    }
    # The short name of the county council was another; the City is so called by nobody else.
    assert other == {("buckinghamshire", "BKM"), ("london corporation", "LND")}


def test_statements_of_an_inspection(whole: dict[str, Inspection]) -> None:
    """What a row states, each with its column and its words."""
    one = whole["50276411"]
    said = {
        name: [(each.at, each.words) for each in getattr(one, name)]
        for name in ("council", "form", "lead_inspector_named", "on_site", "report_published")
    }
    assert said == {
        "council": [("urn", "2532283")],
        "form": [("form", "short")],
        "lead_inspector_named": [("lead_inspector", "Sarah Canto")],
        "on_site": [("on_site_from, on_site_to", "2025-03-17 to 2025-03-21")],
        "report_published": [("published_on", "2025-05-09")],
    }
    assert one.on_site[0].date == "2025-03-17/2025-03-21"
    assert [each.value for each in one.report] == ["ofsted-report-50276411"]
    assert [each.modality for each in one.framework] == ["inferred"]


def test_report_that_a_record_named_keeps_its_name(whole: dict[str, Inspection]) -> None:
    """One paper has one address, whoever speaks of it."""
    assert [said.value for said in whole["50004306"].report] == ["nfk-ofsted-report-2015"]
    assert [said.value for said in whole["2760020"].report] == ["wor-ofsted-report-2017"]


def test_every_reviewed_reading_is_of_a_row(rows: tuple[HistoryRow, ...]) -> None:
    """A reading of a row that is not there would be forgotten unseen."""
    known = {f"ofsted-history/{row.report}" for row in rows}
    known |= {f"single-inspections/{row.report}" for row in read_source(SINGLE).rows}
    acts = CHILDRENS_INTERVENTIONS.table
    known |= {f"{acts.name}/{row.key}" for row in read_source(acts).rows}
    assert set(not_empty(row for row, _ in read_reclassified().readings)) <= known


def test_grade_without_an_area_is_refused(rows: tuple[HistoryRow, ...]) -> None:
    """A grade is never dropped: the row is settled first."""
    lost = row_of(rows, "50276411").model_copy(
        update={
            "on_site_from": None,
            "on_site_to": None,
            "form": "",
            "published_on": date(2018, 3, 1),
        }
    )
    assert framework_of(row_claims(lost)) is None
    with pytest.raises(
        UnreadableTable, match=r"row 50276411, column overall: 'outstanding'; the f"
    ):
        listing((lost,))


@pytest.mark.parametrize(
    ("column", "read_as"), [("", "no-such-framework"), ("overall", "no-such-reason")]
)
def test_unknown_reading_is_refused(
    column: str, read_as: str, rows: tuple[HistoryRow, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reviewed reading that means nothing here names the file and the row."""
    text = f"row,column,read_as,reason\nofsted-history/50276411,{column},{read_as},because\n"
    monkeypatch.setattr(inspected_rows, "read_reclassified", lambda: reclassified_from(text))
    with pytest.raises(
        UnreadableTable, match=rf"reclassified\.csv: ofsted-.*'{read_as}' is not kn"
    ):
        listing((row_of(rows, "50276411"),))


def test_row_without_an_identity_is_refused(rows: tuple[HistoryRow, ...]) -> None:
    """The message says what to run."""
    with pytest.raises(UnknownIdentifier, match=r"ofsted-history/\d+ has no identifier.* mint`"):
        OFSTED_HISTORY.records(SourceRows(rows, "inspections.csv", ""), Identities({}))


def test_mention_proves_identity_by_the_report(rows: tuple[HistoryRow, ...]) -> None:
    """The number of the report is the proof; pages without a report are no inspections."""
    found = {mention.row: mention for mention in OFSTED_HISTORY.mentions(rows)}
    assert len(found) == 493
    one = found["ofsted-history/50004306"]
    assert (one.same_as, one.council) == ("report/50004306", "NFK")
    assert one.description == "Single inspection; report of 20 October 2015"
