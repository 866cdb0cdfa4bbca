"""Area inspections of special educational needs: three outcomes, and a day that is none."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from data.records.form import Inspection
from data.registry.identifiers import read_identities
from data.sources import SourceRows, convert_published, read_source
from data.tables.table import read_rows, text_of, write_rows
from loaders.tables.inspections.send_area_inspections import (
    SEND_AREA_INSPECTIONS,
    SEND_TABLE,
    SendInspectionRow,
)
from ontology import CI, ontology_graph
from ontology.errors import UnreadableTable
from ontology.identifiers import concept
from tests.fixtures.guards import not_empty, replaced

FILE = SEND_TABLE.file
OWN = "send-area-inspections/inspections.csv"
HEADER = (
    "urn,la_code,ltla23cd,local_authority,inspection_link,outcome_grade,previous_inspection_date,"
    "inspection_start_date,inspection_end_date,publication_date,next_inspection,"
    "next_inspection_by_date\n"
)
FIRST = (
    "80429,330,E08000025,birmingham,https://files.ofsted.gov.uk/v1/file/50284703,2.0,27/05/2021,"
    "23/06/25,27/06/25,15/08/25,3 years,23/06/28\n"
)


def inspections() -> dict[str, Inspection]:
    """Return the inspections of our table by the number of their report."""
    rows = read_source(SEND_TABLE)
    (file,) = SEND_AREA_INSPECTIONS.records(rows, read_identities())
    return {str(inspection.row): inspection for inspection in file.record.inspections}


def test_published_file_gives_our_table(published: Path) -> None:
    """Our table holds what the published file holds, and nothing else."""
    text = text_of(published / "published" / FILE)
    assert convert_published(SEND_TABLE, text) == read_source(SEND_TABLE).rows


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("80429,", "80001,", r"column urn: '80001'; expected the number of a council on that"),
        (",birmingham", ",Birmingham", r"column local_authority: 'Birmingham'; expected such as"),
        (
            "file/50284703",
            "50284703",
            r"column inspection_link: .*; expected such as https://files",
        ),
        ("2.0", "4.0", r"column outcome_grade: '4.0'; expected '1.0' or '2.0' or '3.0' or 'nan'"),
        ("2.0", "", r"column outcome_grade: ''; expected '1.0' or"),
        ("27/05/2021", "2021-05-27", r"column previous_inspection_date: .*; expected a day that"),
        ("23/06/25", "2025-06-23", r"column inspection_start_date: '2025-06-23'; expected a day"),
        ("27/06/25", "32/06/25", r"column inspection_end_date: '32/06/25'; expected a day that"),
        ("27/06/25", "20/06/25", r"column inspection_end_date: '20/06/25'; expected a day from"),
        ("15/08/25", "", r"column publication_date: ''; expected the day of the report"),
        ("3 years", "4 years", r"column next_inspection: '4 years'; expected '5 years' or"),
    ],
)
def test_bad_cell_is_named(old: str, new: str, expected: str) -> None:
    """The message names file, line, column, the value, and what was expected."""
    with pytest.raises(UnreadableTable, match=expected) as caught:
        convert_published(SEND_TABLE, HEADER + replaced(FIRST, old, new, 1))
    assert str(caught.value).startswith(f"{FILE}, line 2")


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("report", "x", "String should match"),
        ("council", "NFK", "number of Norfolk"),
        ("urn", "80418", "number of Birmingham"),
        ("place", "", "at least 1 character"),
        ("published_on", "2025", "exact dates"),
        ("on_site_from", "June", "valid date"),
        ("on_site_to", "2025-06-01", "expected a day from the first on site"),
        ("outcome", "good", "expected '1.0' or '2.0'"),
        ("previous_on", "2025-07-01", "expected a day before this inspection"),
        ("next_within", "soon", "expected '5 years' or"),
    ],
)
def test_bad_cell_of_our_table_is_named(column: str, value: str, expected: str) -> None:
    """Our own table is read as strictly as the published one."""
    (row,) = convert_published(SEND_TABLE, HEADER + FIRST)
    names = list(SendInspectionRow.model_fields)
    cells = row.cells()
    cells[names.index(column)] = value
    text = write_rows([], SendInspectionRow) + ",".join(f'"{cell}"' for cell in cells) + "\n"
    # A number of another council is found at its own column, after that of the council.
    at = "urn" if column == "council" else column
    with pytest.raises(UnreadableTable, match=rf"^{OWN}, line 2, column {at}: .*{expected}"):
        read_rows(text, OWN, SendInspectionRow)


@pytest.mark.parametrize("nothing", ["01/01/1900", ""])
def test_a_day_of_1900_is_no_day(nothing: str) -> None:
    """What a spreadsheet makes of an empty cell says nothing of an earlier inspection."""
    (row,) = convert_published(SEND_TABLE, HEADER + replaced(FIRST, "27/05/2021", nothing, 1))
    assert row.previous_on is None
    assert convert_published(SEND_TABLE, HEADER + FIRST)[0].previous_on == date(2021, 5, 27)
    (file,) = SEND_AREA_INSPECTIONS.records(SourceRows((row,), FILE, ""), read_identities())
    assert file.record.inspections[0].previous_inspection == []


def test_every_report_has_one_of_three_outcomes_or_none() -> None:
    """72 areas: 15 are served well, 36 unevenly, 20 badly; of one the outcome was not read."""
    said = [[one.value for one in each.outcome] for each in not_empty(inspections().values())]
    assert Counter(value for values in said for value in values) == {
        "send-positive": 15,
        "send-inconsistent": 36,
        "send-failings": 20,
    }
    assert [report for report, one in inspections().items() if not one.outcome] == ["50290645"]
    assert not any(one.judgements for one in inspections().values())


def test_outcomes_are_a_scale_of_their_own() -> None:
    """No outcome is a grade of another scale, and their ranks run from the best to the worst."""
    graph = ontology_graph()
    scale = concept("grade-scale", "three-outcomes-send")
    ranks = {
        str(graph.value(grade, CI.rank)): set(graph.objects(grade, CI.inScale))
        for grade in not_empty(graph.subjects(CI.inScale, scale))
    }
    assert ranks == {"1": {scale}, "2": {scale}, "3": {scale}}
    assert set(graph.subjects(CI.gradeScale, scale)) == {concept("framework", "area-send-2023")}


def test_the_time_to_the_next_inspection_is_told_where_the_tool_read_it() -> None:
    """Eighteen months after widespread failings; five reports do not tell."""
    within = Counter(
        said.value
        for one in not_empty(inspections().values())
        for said in one.next_inspection_within
    )
    assert within == {"P3Y": 33, "P1Y6M": 20, "P5Y": 14}
