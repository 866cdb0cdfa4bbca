"""Focused visits: days, letters, and the number of areas for priority action."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from data.records.form import Inspection
from data.registry.identifiers import read_identities
from data.sources import convert_published, read_source
from data.tables.table import read_rows, text_of, write_rows
from loaders.tables.inspections.focused_visits import FOCUSED_VISITS, VISITS, FocusedVisitRow
from ontology.errors import UnreadableTable
from tests.fixtures.guards import not_empty, replaced

FILE = VISITS.file
OWN = "focused-visits/visits.csv"
HEADER = (
    "urn,register_code,on_site_from,on_site_to,letter_date,areas_for_priority_action,file_label\n"
)
FIRST = "80464,DUD,2020-10-12,2020-10-13,2020-11-27,2,28 november 2020\n"


@pytest.fixture(scope="module")
def visits() -> dict[str, Inspection]:
    """Return the visits of our table by the key of their row."""
    (file,) = FOCUSED_VISITS.records(read_source(VISITS), read_identities())
    return {str(inspection.row): inspection for inspection in file.record.inspections}


def test_published_file_gives_our_table(published: Path) -> None:
    """Our table holds what the published file holds, and nothing else."""
    text = text_of(published / "collected" / FILE)
    assert convert_published(VISITS, text) == read_source(VISITS).rows


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("80464,", "80001,", r"column urn: '80001'; expected the number of a council on that"),
        (",DUD,", ",NFK,", r"column register_code: 'NFK'; expected DUD, the council of that num"),
        ("2020-10-12", "October", r"column on_site_from: 'October'; expected a day that"),
        ("2020-10-12", "", r"column on_site_from: ''; expected a day"),
        ("2020-10-13", "2020-10-11", r"column on_site_to: '2020-10-11'; expected a day not befor"),
        ("2020-11-27", "2019-11-27", r"column letter_date: '2019-11-27'; expected a day not befo"),
        (",2,", ",two,", r"column areas_for_priority_action: 'two'; expected such as 0, 2 or 5"),
        (",2,", ",,", r"column areas_for_priority_action: ''; expected a value"),
        ("28 november", "november", r"column file_label: 'november 2020'; expected a day that"),
        ("november 2020", "november 2019", r"column file_label: .*; expected a day not before"),
    ],
)
def test_bad_cell_is_named(old: str, new: str, expected: str) -> None:
    """The message names file, line, column, the value, and what was expected."""
    with pytest.raises(UnreadableTable, match=expected) as caught:
        convert_published(VISITS, HEADER + replaced(FIRST, old, new, 1))
    assert str(caught.value).startswith(f"{FILE}, line 2")


@pytest.mark.parametrize(
    ("column", "value", "at", "expected"),
    [
        ("key", "dud", "key", "String should match"),
        ("council", "NFK", "urn", "number of Norfolk"),
        ("urn", "80418", "urn", "number of Dudley"),
        ("on_site_from", "2020-10-10", "on_site_from", "expected the key dud-2020-10-10-visit"),
        ("on_site_to", "2020-10-11", "on_site_to", "expected a day from the first on site"),
        ("letter_dated", "2020-10-01", "letter_dated", "expected a day after the visit"),
        ("filed_on", "2020-10-01", "filed_on", "expected a day after the visit"),
        ("areas_for_priority_action", "-1", "areas_for_priority_action", "greater than or equal"),
    ],
)
def test_bad_cell_of_our_table_is_named(column: str, value: str, at: str, expected: str) -> None:
    """Our own table is read as strictly as the collected one."""
    (row,) = convert_published(VISITS, HEADER + FIRST)
    cells = row.cells()
    cells[list(FocusedVisitRow.model_fields).index(column)] = value
    text = write_rows([], FocusedVisitRow) + ",".join(cells) + "\n"
    with pytest.raises(UnreadableTable, match=rf"^{OWN}, line 2, column {at}: .*{expected}"):
        read_rows(text, OWN, FocusedVisitRow)


def test_22_of_371_visits_set_areas_for_priority_action(visits: dict[str, Inspection]) -> None:
    """The number is a fact of the visit, and none was counted as 0."""
    counts = Counter(one.areas_for_priority_action[0].value for one in not_empty(visits.values()))
    assert counts == {"0": 349, "1": 2, "2": 14, "3": 5, "5": 1}
    assert not any(one.judgements for one in visits.values())


def test_each_visit_has_the_framework_of_its_days(visits: dict[str, Inspection]) -> None:
    """The edition follows from the first day on site, and says that it is inferred."""
    found = {key: one.framework for key, one in not_empty(visits.items())}
    said = not_empty(found.values())
    assert all(len(each) == 1 and each[0].modality == "inferred" for each in said)
    assert found["dud-2019-12-18-visit"][0].value == "ilacs-2018"
    assert found["dud-2025-10-21-visit"][0].value == "ilacs-2023"


def test_a_letter_without_its_day_has_that_of_its_file(visits: dict[str, Inspection]) -> None:
    """Cambridgeshire, July 2025: the day of the label, marked as inferred."""
    undated = [one for one in not_empty(visits.values()) if one.letter_dated[0].modality]
    assert [one.row for one in undated] == ["cam-2025-07-29-visit"]
    assert undated[0].letter_dated[0].date == "2025-08-29"
