"""The published history of inspections, and our table of it, are read strictly or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.sources import convert_published, read_source
from data.tables.table import read_rows, text_of, write_rows
from loaders.tables.inspections.ofsted_history import HISTORY, HistoryRow
from ontology.errors import UnreadableTable
from tests.fixtures.guards import replaced

FILE = HISTORY.file
HEADER = (
    "urn,local_authority,inspection_link,pdf_filename,publication_date,inspection_framework,"
    "inspector_name,inspection_start_date,inspection_end_date,overall_effectiveness_grade,"
    "impact_of_leaders_grade,help_and_protection_grade,in_care_grade,care_leavers_grade,"
    "parser_version\n"
)
FIRST = (
    "2532283,dorset,https://files.ofsted.gov.uk/v1/file/50276411,"
    "children's services inspection - 09 may 2025.pdf,09/05/25,short,Sarah Canto,17/03/2025,"
    "21/03/2025,outstanding,outstanding,outstanding,outstanding,good,1\n"
)
SECOND = (
    "80418,norfolk,https://files.ofsted.gov.uk/v1/file/50204404,"
    "children's services inspection - 13 january 2023.pdf,13/01/23,standard,Margaret Burke,"
    "07/11/2022,18/11/2022,good,good,good,good,inspection_pre_dates_judgement,1\n"
)
PUBLISHED = HEADER + FIRST + SECOND
OWN = "ofsted-history/inspections.csv"


def converted(text: str) -> tuple[HistoryRow, ...]:
    """Return the rows of a published text, which needs no corrections."""
    return convert_published(HISTORY, text)


def test_published_file_gives_our_table(published: Path) -> None:
    """Our table holds what the publisher's file holds, and nothing else."""
    text = text_of(published / "published" / FILE)
    assert convert_published(HISTORY, text) == read_source(HISTORY).rows


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2532283,", "80001,", r"column urn: '80001'; expected the number of a council on that"),
        ("2532283,", "E1,", r"column urn: 'E1'; expected such as 80418"),
        (
            ",dorset,",
            ",devon,",
            r"column local_authority: 'devon'; expected a name of Dorset Council, whose number "
            r"stands in the row: this is Devon County Council",
        ),
        (",dorset,", ",Dorset 7,", r"column local_authority: 'Dorset 7'; expected such as bath"),
        ("https://files", "http://files", r"column inspection_link: 'http:.*; expected such as"),
        (" - 09 may 2025.pdf", ".pdf", r"column pdf_filename: .*; expected such as a name - 09"),
        ("09/05/25,", "31/02/25,", r"column publication_date: '31/02/25'; expected a day that"),
        ("09/05/25,", ",", r"column publication_date: ''; expected the day of the report"),
        (",short,", ",brief,", r"column inspection_framework: 'brief'; expected '' or 'standard'"),
        ("Sarah Canto", "S4rah", r"column inspector_name: 'S4rah'; expected such as Sarah Canto"),
        ("17/03/2025", "2025-03-17", r"column inspection_start_date: '2025-03-17'; expected a day"),
        ("21/03/2025", "30/02/2025", r"column inspection_end_date: '30/02/2025'; expected a day"),
        (
            "21/03/2025",
            "",
            r"column inspection_end_date: ''; expected both days on site or neither",
        ),
        ("21/03/2025", "16/03/2025", r"column inspection_end_date: '16/03/2025'; expected a day f"),
        ("21/03/2025", "10/05/2025", r"column inspection_end_date: .* to the report \(2025-05-09"),
        ("2025,outst", "2025,poor,outst", r"line 2: 16 cells; expected 15"),
        ("2025,outstanding", "2025,fine", r"column overall_effectiveness_grade: 'fine'; expected"),
        ("ing,outstanding,outstanding,o", "ing,fine,outstanding,o", r"column impact_of_leaders_g"),
        ("outstanding,outstanding,good", "fine,outstanding,good", r"column help_and_protection_gr"),
        ("outstanding,good", "fine,good", r"column in_care_grade: 'fine'; expected"),
        ("good,1", "not_reported_post_reform,1", r"column care_leavers_grade: 'not_reported_post"),
    ],
)
def test_bad_cell_is_named(old: str, new: str, expected: str) -> None:
    """The message names file, line, column, the value, and what was expected."""
    assert old in FIRST
    text = HEADER + replaced(FIRST, old, new, 1) + SECOND
    with pytest.raises(UnreadableTable, match=expected) as caught:
        converted(text)
    assert str(caught.value).startswith(f"{FILE}, line 2")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PUBLISHED[:-40], r"line 3: 12 cells; expected 15; the file may have been cut off"),
        (PUBLISHED.replace(",", ";"), r"line 1: a single column .*; expected 15 columns with com"),
        (PUBLISHED + SECOND, r"line 4, column inspection_link: .*/50204404'; .* stands twice"),
        (
            replaced(PUBLISHED, "in_care_grade", "care_grade"),
            r"unknown: care_grade; missing: in_car",
        ),
        (replaced(PUBLISHED, ",parser_version", "", 1), r"line 1: .*missing: parser_version"),
        (replaced(HEADER, "urn", "urn,urn", 1), r"line 1: .*twice: urn"),
        (
            replaced(PUBLISHED, "short,", 'short "x",'),
            r"column inspection_framework: 'short \"x\"'",
        ),
    ],
)
def test_bad_file_is_refused(text: str, expected: str) -> None:
    """A file that was cut off, saved otherwise or changed by its publisher gives no rows at all."""
    with pytest.raises(UnreadableTable, match=expected):
        converted(text)


def test_file_cut_off_between_rows_is_refused(tmp_path: Path) -> None:
    """Whole rows may be missing too; source.toml knows how many there are."""
    (tmp_path / FILE).write_text(PUBLISHED, encoding="utf-8")
    with pytest.raises(UnreadableTable, match=rf"{FILE}: 2 rows; source\.toml expects 497 to 700"):
        read_source(HISTORY, tmp_path)


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("report", "12", "String should match"),
        ("council", "norfolk", "String should match"),
        ("urn", "E1", "String should match"),
        ("place", "", "at least 1 character"),
        ("place", "devon", "expected a name of Dorset Council; this is Devon County Council"),
        ("label", "", "at least 1 character"),
        ("published_on", "2025-02-30", "valid date"),
        ("on_site_from", "soon", "valid date"),
        ("on_site_to", "2025-03-16", r"expected a day from the first on site \(2025-03-17\)"),
        ("form", "brief", "expected '' or 'standard' or 'short'"),
        ("lead_inspector", "4", "String should match"),
        ("overall", "fine", "expected 'outstanding' or 'good'"),
        ("leaders", "not_reported_post_reform", "expected 'outstanding' or 'good'"),
        ("help", "fine", "expected 'outstanding' or 'good'"),
        ("in_care", "fine", "expected 'outstanding' or 'good'"),
        ("care_leavers", "fine", "expected 'outstanding' or 'good'"),
    ],
)
def test_bad_cell_of_our_table_is_named(column: str, value: str, expected: str) -> None:
    """Our own table is read as strictly as the publisher's."""
    (row,) = converted(HEADER + FIRST)
    cells = row.cells()
    cells[list(HistoryRow.model_fields).index(column)] = value
    text = write_rows([], HistoryRow) + ",".join(f'"{cell}"' for cell in cells) + "\n"
    with pytest.raises(UnreadableTable, match=rf"^{OWN}, line 2, column {column}: .*{expected}"):
        read_rows(text, OWN, HistoryRow)
