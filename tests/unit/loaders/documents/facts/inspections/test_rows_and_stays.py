"""The rows of a table name the framework where the title does not; several stays are several."""

from __future__ import annotations

import pytest

from loaders.documents.facts.inspections.days_on_site import stay_in
from loaders.documents.text.view import view_of
from tests.fixtures.documents.small_reports import AREAS, facts
from tests.fixtures.guards import replaced

COVER = """{title}
Kirklees Council
Inspection dates: {days}
Lead inspector: Robin Example, His Majesty's Inspector
"""
REST = "\nThe workers know the families that they help, and they see them in time.\n"
TITLES = (
    "Inspection of Kirklees Children and Families Trust",
    "Inspection of the services for families in Kirklees",
    "Kirklees: what we found",
    "Inspection report: the Kirklees partnership",
    "Inspection of help, care and protection in Kirklees",
)
SINGLE = """1. Children who need help and protection Good
2. Children looked after and achieving permanence Good
2.1 Adoption performance Outstanding
2.2 Experiences and progress of care leavers Good
3. Leadership, management and governance Good
Overall effectiveness Good
"""
LOOKED_AFTER = """Overall effectiveness of services for looked
after children and young people
Grade 3 (adequate)
Help is steady.
Capacity to improve
Grade 2 (good)
Outcomes for looked after children and young
people
Grade 3 (adequate)
Quality of provision
Grade 3 (adequate)
Leadership and management
Grade 2 (good)
"""
PROTECTION = """Overall effectiveness Adequate
The effectiveness of the help and protection provided to children and carers Good
The quality of practice Adequate
Leadership and governance Good
"""
ILACS = "".join(f"{area} Good\n" for area in AREAS)


@pytest.mark.parametrize("title", TITLES)
def test_a_title_that_names_no_framework(title: str) -> None:
    """The five areas judged since 2023 are of that edition, whatever the report is called."""
    found = facts(COVER.format(title=title, days="3 to 7 June 2024") + ILACS + REST)
    assert found["framework"] == ["ilacs-2023"]
    assert len(found["grades"]) == 5


@pytest.mark.parametrize(
    ("days", "rows", "framework", "number"),
    [
        ("3 to 27 March 2015", SINGLE, "sif", 6),
        ("8 to 12 July 2013", LOOKED_AFTER, "looked-after-2013", 5),
        ("9 to 17 October 2012", PROTECTION, "protection-of-children-2012", 4),
        ("3 to 7 June 2024", ILACS, "ilacs-2023", 5),
        ("3 to 7 May 2027", replaced(ILACS, "Overall effectiveness Good\n", ""), "ilacs-2026", 4),
    ],
)
def test_each_framework_by_its_rows(days: str, rows: str, framework: str, number: int) -> None:
    """A framework is known by the areas that it alone judges."""
    found = facts(COVER.format(title=TITLES[2], days=days) + rows + REST)
    assert found["framework"] == [framework]
    assert len(found["grades"]) == number


def test_rows_of_an_edition_that_had_not_begun_name_none() -> None:
    """Areas judged since 2023 are not read into a report of 2011."""
    found = facts(COVER.format(title=TITLES[2], days="6 to 10 June 2011") + ILACS + REST)
    assert found.get("framework", []) == []


@pytest.mark.parametrize(
    ("printed", "edtf"),
    [
        (
            "3 to 7 June 2024 and 8 to 9 July 2024",
            "{2024-06-03..2024-06-07,2024-07-08..2024-07-09}",
        ),
        ("3 to 7 June and 8 July 2024", "{2024-06-03..2024-06-07,2024-07-08}"),
        ("4-8 March; 25-29 March 2019", "{2019-03-04..2019-03-08,2019-03-25..2019-03-29}"),
        ("4 May 2021, 18 May 2021 and 2 June 2021", "{2021-05-04,2021-05-18,2021-06-02}"),
        ("12 to 16 December 2022 and 9 January 2023", "{2022-12-12..2022-12-16,2023-01-09}"),
        ("4 to 8 March and 11 to 15 March 2024", "2024-03-04/2024-03-15"),
        ("4, 5 and 6 May 2021", "2021-05-04/2021-05-06"),
        ("28 November to 16 December 2022", "2022-11-28/2022-12-16"),
    ],
)
def test_two_stays_are_two(printed: str, edtf: str) -> None:
    """More than a weekend between them parts stays; a weekend within one does not."""
    stay = stay_in(view_of(printed, [(0, len(printed))]), 0, len(printed))
    assert stay is not None and stay.found.edtf == edtf


def test_the_last_of_several_stays_tells_the_edition() -> None:
    """The last day on site is that of the last stay."""
    days = "12 to 16 December 2022 and 9 to 13 January 2023"
    found = facts(COVER.format(title=TITLES[0], days=days) + ILACS + REST)
    assert found["framework"] == ["ilacs-2023"]
