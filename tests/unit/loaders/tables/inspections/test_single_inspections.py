"""Single inspections: six grades each, two reasons for none, and the rule that limits the whole."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from data.records.form import Inspection, Listing
from data.registry.identifiers import Identities
from data.sources import SourceRows, convert_published, read_source
from data.tables.table import read_rows, text_of, write_rows
from loaders.tables.inspections.grade_corrections import GRADE_CORRECTIONS
from loaders.tables.inspections.ofsted_history import HISTORY, OFSTED_HISTORY
from loaders.tables.inspections.single_inspections import (
    SINGLE_INSPECTIONS,
    TABLE,
    SingleInspectionRow,
)
from ontology import CI
from ontology.errors import UnknownIdentifier, UnreadableTable
from tests.fixtures.guards import not_empty, replaced

FILE = TABLE.file
HEADER = (
    "urn,la_code,gss_current_provider,local_authority,framework,inspection_start,inspection_end,"
    "publication_date,overall_effectiveness,help_and_protection,looked_after_and_permanence,"
    "adoption_performance,care_leavers,leadership_management_governance,inspection_link,"
    "pdf_filename\n"
)
FIRST = (
    "80418,926,E10000020,norfolk,SIF,2015-07-06,2015-07-30,2015-10-20,inadequate,good,"
    "inadequate,outstanding,not judged,requires improvement,"
    "https://files.ofsted.gov.uk/v1/file/50004306,"
    "children's services inspection - 20 october 2015.pdf\n"
)
SECOND = (
    "80418,926,E10000020,norfolk,SIF re-inspection,2017-11-13,2017-11-24,2018-01-19,good,good,"
    "good,good,good,good,https://files.ofsted.gov.uk/v1/file/50000266,"
    "children's services inspection - 19 january 2018.pdf\n"
)
PUBLISHED = HEADER + FIRST + SECOND
CHECK = "judgements_without_grade"
OWN = "single-inspections/inspections.csv"
WANTED = {CI.ofInspection, CI.onArea, CI.grade, CI.notJudged, CI.underFramework, CI.ofCouncil}
SOURCES = OFSTED_HISTORY, SINGLE_INSPECTIONS, GRADE_CORRECTIONS


@pytest.fixture(scope="module")
def identities() -> Identities:
    """Return an identifier for each inspection, as minting would give them."""
    found = SINGLE_INSPECTIONS.mentions(read_source(TABLE).rows)
    given: Counter[str] = Counter()
    things = {}
    for judgement in found:
        given[judgement.council] += 1
        things[judgement.row] = f"inspection/{judgement.council}-2000-{given[judgement.council]:02}"
    return Identities(things)


@pytest.fixture(scope="module")
def inspections(identities: Identities) -> dict[str, Inspection]:
    """Return the inspections of our table by the number of their report."""
    (file,) = SINGLE_INSPECTIONS.records(read_source(TABLE), identities)
    assert isinstance(file.record, Listing)
    return {str(inspection.row): inspection for inspection in file.record.inspections}


def test_published_file_gives_our_table(published: Path) -> None:
    """Our table holds what the published file holds, and nothing else."""
    text = text_of(published / "derived" / FILE)
    assert convert_published(TABLE, text) == read_source(TABLE).rows


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("80418,", "80001,", r"column urn: '80001'; expected the number of a council on that"),
        (",norfolk,", ",,", r"column local_authority: ''; expected a value"),
        (",SIF,", ",ILACS,", r"column framework: 'ILACS'; expected 'SIF' or 'SIF re-inspection'"),
        ("2015-07-06", "06/07/2015", r"column inspection_start: '06/07/2015'; expected a day that"),
        ("2015-07-30", "2015-07-32", r"column inspection_end: '2015-07-32'; expected a day that"),
        ("2015-07-30", "2015-07-01", r"column inspection_end: '2015-07-01'; expected a day from"),
        ("2015-10-20", "2015-10", r"column publication_date: '2015-10'; expected a day that"),
        ("-20,inadequate", "-20,fine", r"column overall_effectiveness: 'fine'; expected 'outstand"),
        ("good", "fine", r"column help_and_protection: 'fine'; expected 'outstanding' or 'good'"),
        ("good,inadequate", "good,", r"column looked_after_and_permanence: ''; expected 'outst"),
        (",outstanding", ",adequate", r"column adoption_performance: 'adequate'; expected 'outst"),
        ("not judged", "none", r"column care_leavers: 'none'; expected .* or 'not judged'"),
        ("requires", "to requires", r"column leadership_management_governance: 'to requires im"),
        ("file/", "", r"column inspection_link: .*; expected such as https://files"),
        (".pdf", ".doc", r"column pdf_filename: .*; expected such as a name - 09 may 2025\.pdf"),
    ],
)
def test_bad_cell_is_named(old: str, new: str, expected: str) -> None:
    """The message names file, line, column, the value, and what was expected."""
    assert old in FIRST
    with pytest.raises(UnreadableTable, match=expected) as caught:
        convert_published(TABLE, HEADER + replaced(FIRST, old, new, 1) + SECOND)
    assert str(caught.value).startswith(f"{FILE}, line 2")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PUBLISHED[:-60], r"line 3: 15 cells; expected 16; the file may have been cut off"),
        (PUBLISHED.replace(",", "\t"), r"line 1: a single column .*; expected 16 columns with com"),
        (PUBLISHED + FIRST, r"line 4, column inspection_link: .*/50004306'; .* stands twice"),
        (
            replaced(PUBLISHED, "care_leavers", "leavers"),
            r"unknown: leavers; missing: care_leavers",
        ),
        (replaced(PUBLISHED, "la_code", "code", 1), r"unknown: code; missing: la_code"),
    ],
)
def test_bad_file_is_refused(text: str, expected: str) -> None:
    """A file that was cut off, saved otherwise or changed gives no rows at all."""
    with pytest.raises(UnreadableTable, match=expected):
        convert_published(TABLE, text)


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("report", "x", "String should match"),
        ("council", "NF", "String should match"),
        ("urn", "", "String should match"),
        ("on_site_to", "", "expected both days on site or neither"),
        ("framework", "ILACS", "expected 'SIF' or 'SIF re-inspection'"),
        ("overall", "adequate", "expected 'outstanding' or 'good'"),
        ("help", "adequate", "expected 'outstanding' or 'good'"),
        ("looked_after", "adequate", "expected 'outstanding' or 'good'"),
        ("adoption", "adequate", "expected 'outstanding' or 'good'"),
        ("care_leavers", "adequate", "expected 'outstanding' or 'good'"),
        ("leadership", "adequate", "expected 'outstanding' or 'good'"),
    ],
)
def test_bad_cell_of_our_table_is_named(column: str, value: str, expected: str) -> None:
    """Our own table is read as strictly as the published one."""
    (row,) = convert_published(TABLE, HEADER + FIRST)
    cells = row.cells()
    cells[list(SingleInspectionRow.model_fields).index(column)] = value
    text = write_rows([], SingleInspectionRow) + ",".join(f'"{cell}"' for cell in cells) + "\n"
    with pytest.raises(UnreadableTable, match=rf"^{OWN}, line 2, column {column}: .*{expected}"):
        read_rows(text, OWN, SingleInspectionRow)


def test_every_cell_is_a_grade_or_a_reason(inspections: dict[str, Inspection]) -> None:
    """167 inspections of six areas: 998 grades, and four areas that were not inspected."""
    found = [
        judgement for inspection in inspections.values() for judgement in inspection.judgements
    ]
    assert len(inspections) == 167
    assert sum(len(one.grade) for one in found) == 998
    reasons = [(one.row, one.area, said.value) for one in found for said in one.not_judged]
    # The City of London and the Isles of Scilly, where there were no such children to speak of.
    assert sorted(reasons) == [
        ("50004325", "sif-2", "not-inspected"),
        ("50004325", "sif-2.1", "not-inspected"),
        ("50004325", "sif-2.2", "not-inspected"),
        ("50004339", "sif-2.1", "not-inspected"),
    ]


def test_days_on_site_are_an_interval(inspections: dict[str, Inspection]) -> None:
    """Two days make an interval, one day stands alone."""
    assert [day.date for day in inspections["50004306"].on_site] == ["2015-07-06/2015-07-30"]
    assert [day.date for day in inspections["50004339"].on_site] == ["2016-07-28"]


def test_reinspection_names_what_it_repeats(
    inspections: dict[str, Inspection], identities: Identities
) -> None:
    """15 are called re-inspections, each of the council's one earlier inspection."""
    found = {
        report: said
        for report, one in inspections.items()
        for said in one.reinspection_of
        if said.modality == "inferred"
    }
    assert len(found) == 15
    first = identities.local("single-inspections/50004306", "inspection")
    assert found["50000266"].value == first


def test_reinspection_of_an_unknown_inspection_names_none(identities: Identities) -> None:
    """Where the earlier inspection is not in the table, nothing is made up."""
    rows = convert_published(TABLE, HEADER + SECOND)
    (file,) = SINGLE_INSPECTIONS.records(SourceRows(rows, "inspections.csv", ""), identities)
    assert [inspection.reinspection_of for inspection in file.record.inspections] == [[]]


def test_days_and_councils_agree_with_the_history() -> None:
    """Both tables have all 167 reports, with the same label, day, council and name."""
    history = {row.report: row for row in read_source(HISTORY).rows}
    common = "report", "council", "urn", "place", "label", "published_on"
    rows = read_source(TABLE).rows
    assert all(
        [getattr(row, name) for name in common]
        == [getattr(history[row.report], name) for name in common]
        for row in not_empty(rows)
    )
    first, last = (
        min(row.first_day for row in rows),
        max(row.on_site_to or date.min for row in rows),
    )
    assert (first, last) == (date(2013, 11, 19), date(2018, 7, 5))


def test_row_without_an_identity_is_refused() -> None:
    """The message names the row."""
    with pytest.raises(UnknownIdentifier, match=r"single-inspections/2754178 has no identifier"):
        SINGLE_INSPECTIONS.records(read_source(TABLE), Identities({}))
