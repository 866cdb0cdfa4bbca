"""Joint targeted area inspections: a theme, and the days that stand in its words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.registry.identifiers import read_identities
from data.sources import convert_published, read_source
from data.tables.table import read_rows, text_of, write_rows
from loaders.tables.inspections.joint_inspections import (
    JOINT_INSPECTIONS,
    JOINT_TABLE,
    JointInspectionRow,
)
from ontology.errors import UnreadableTable
from tests.fixtures.guards import not_empty, replaced

FILE = JOINT_TABLE.file
OWN = "joint-inspections/inspections.csv"
HEADER = (
    "urn,la_code,ltla23cd,local_authority,inspection_link,inspection_start_date,publication_date,"
    "inspection_theme\n"
)
FIRST = (
    "80488,303,E09000004,bexley,https://files.ofsted.gov.uk/v1/file/50148145,06/03/20,06/03/20,"
    "Childrens mental health in bexley between 20 and 24 january 2020.\n"
)


def days(theme: str) -> tuple[date | None, date | None]:
    """Return the days on site of a row whose theme is printed so."""
    printed = "Childrens mental health in bexley between 20 and 24 january 2020."
    (row,) = convert_published(JOINT_TABLE, HEADER + replaced(FIRST, printed, f'"{theme}"', 1))
    return row.on_site_from, row.on_site_to


def test_published_file_gives_our_table(published: Path) -> None:
    """Our table holds what the published file holds, and nothing else."""
    text = text_of(published / "published" / FILE)
    assert convert_published(JOINT_TABLE, text) == read_source(JOINT_TABLE).rows


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("80488,", "80001,", r"column urn: '80001'; expected the number of a council on that"),
        (",bexley,", ",,", r"column local_authority: ''; expected a value"),
        ("file/50148145", "x", r"column inspection_link: .*; expected such as https://files"),
        ("06/03/20,", "07/03/20,", r"column inspection_start_date: .*; expected a day not after"),
        ("06/03/20,", ",", r"column inspection_start_date: ''; expected a day not after the rep"),
        ("06/03/20,Ch", ",Ch", r"column publication_date: ''; expected the day of the report"),
        ("Childrens mental", "Horses' mental", r"column inspection_theme: .*; expected a theme"),
        ("in bexley", "near Bexley", r"column inspection_theme: .*; expected a theme that source"),
        ("24 january", "34 january", r"column inspection_theme: .*; expected days that the calen"),
        ("24 january", "24 octember", r"column inspection_theme: .*; expected days that the cale"),
        ("20 and 24", "24 and 20", r"column inspection_theme: .*; expected days in order"),
        ("january 2020", "april 2020", r"column inspection_theme: .*; expected days in order, no"),
    ],
)
def test_bad_cell_is_named(old: str, new: str, expected: str) -> None:
    """The message names file, line, column, the value, and what was expected."""
    with pytest.raises(UnreadableTable, match=expected) as caught:
        convert_published(JOINT_TABLE, HEADER + replaced(FIRST, old, new, 1))
    assert str(caught.value).startswith(f"{FILE}, line 2")


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("report", "x", "String should match"),
        ("council", "Bexley", "String should match"),
        ("place", "", "at least 1 character"),
        ("published_on", "6 March", "date"),
        ("on_site_from", "20 January", "date"),
        ("urn", "80418", "number of London Borough of Bexley|number of Bexley"),
        ("on_site_to", "", "expected both days on site or neither"),
        ("theme", "horses", "or 'abuse and neglect'|expected 'abuse and neglect'"),
    ],
)
def test_bad_cell_of_our_table_is_named(column: str, value: str, expected: str) -> None:
    """Our own table is read as strictly as the published one."""
    (row,) = convert_published(JOINT_TABLE, HEADER + FIRST)
    cells = row.cells()
    cells[list(JointInspectionRow.model_fields).index(column)] = value
    text = write_rows([], JointInspectionRow) + ",".join(f'"{cell}"' for cell in cells) + "\n"
    with pytest.raises(UnreadableTable, match=rf"^{OWN}, line 2, column {column}: .*({expected})"):
        read_rows(text, OWN, JointInspectionRow)


@pytest.mark.parametrize(
    ("theme", "first", "last"),
    [
        ("Abuse and neglect in x between 20 and 24 january.", "2020-01-20", "2020-01-24"),
        ("Domestic abuse in x between 27 february and 3 march 2020", "2020-02-27", "2020-03-03"),
        ("Domestic abuse in x between 8 may 2018 and 12 may 2018.", "2018-05-08", "2018-05-12"),
        ("Serious youth violence in x.", "None", "None"),
    ],
)
def test_days_on_site_stand_in_the_words_of_the_theme(theme: str, first: str, last: str) -> None:
    """A month or year that is left out is the one beside it, or the year of the report."""
    assert tuple(map(str, days(theme))) == (first, last)


def test_every_inspection_has_a_theme_and_no_grade() -> None:
    """49 areas; of 22 the words of the theme give the days on site."""
    (file,) = JOINT_INSPECTIONS.records(read_source(JOINT_TABLE), read_identities())
    found = not_empty(file.record.inspections)
    assert len(found) == 49
    assert all(len(one.theme) == 1 and not one.judgements and not one.outcome for one in found)
    assert sum(bool(one.on_site) for one in found) == 22
