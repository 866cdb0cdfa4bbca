"""Letters of Ofsted after focused and monitoring visits are read without grades."""

from __future__ import annotations

import re
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.councils.register import read_register
from loaders.documents.extract import extract_text
from loaders.documents.files.fixed_text import text_of
from tests.fixtures.documents import small_letters as letters
from tests.fixtures.documents import small_reports as small
from tests.fixtures.documents.report_noise import typeset
from tests.fixtures.documents.small_reports import facts, inspection
from tests.fixtures.guards import replaced

NAMES = "Sefton Metropolitan Borough Council|Rutland County Council|Sefton|Rutland"
WHILE = (date(2018, 2, 1), date(2026, 6, 2))
COUNCILS = [
    one
    for one in read_register().councils
    if one.is_upper_tier and all(one.existed_on(day) for day in WHILE)
]


def test_focused_visit() -> None:
    """A letter has no grades and no office-holders, but its areas for priority action."""
    candidate = extract_text(text_of(small.FOCUSED.encode(), "a.txt"))
    one = candidate.record.inspections[-1]
    assert facts(small.FOCUSED) == {
        "kind": "FocusedVisit",
        "council": ["RUT"],
        "framework": ["ilacs-2018"],
        "days": ["2018-10-17/2018-10-18"],
        "published": ["2018-11-13"],
        "inspector": [],
        "grades": {},
    }
    assert [finding.kind[0].value for finding in one.findings] == ["AreaForPriorityAction"] * 2
    assert not candidate.record.people
    assert not candidate.record.appointments


def test_monitoring_visit() -> None:
    """A visit follows the inspection that the letter dates; a denied priority is none."""
    one = inspection(small.MONITORING)
    assert (one.kind[0].value, one.framework[0].value) == ("MonitoringVisit", "monitoring-visit")
    assert (one.on_site[0].date, one.letter_dated[0].date) == (
        "2020-02-04/2020-02-05",
        "2020-03-04",
    )
    assert (one.judgements, one.findings, len(one.follows_up)) == ([], [], 1)


OTHERS = {
    "joint letter": (letters.JOINT_LETTER, "ofsted-letter", "JointTargetedAreaInspection", "SLF",
                     "2016-09-05/2016-09-09", 1),
    "joint report": (letters.JOINT_REPORT, "inspection-report", "JointTargetedAreaInspection",
                     "LDS", "2022-11-28/2022-12-16", 1),
    "contact": (letters.CONTACT_2010, "ofsted-letter", "Inspection", "SLF",
                "2010-06-08/2010-06-09", 1),
    "fostering": (letters.FOSTERING_2012, "inspection-report", "GradedInspection", "NFK",
                  "2012-02-13/2012-02-17", 0),
    "targeted": (letters.TARGETED_2016, "inspection-report", "Inspection", "KEN",
                 "2016-04-04/2016-04-08", 0),
    "board": (letters.BOARD_2015, "inspection-report", "SafeguardingBoardReview", "SRY",
              "2015-06-08/2015-06-12", 0),
}  # fmt: skip


@pytest.mark.parametrize("form", OTHERS.values(), ids=OTHERS.keys())
def test_inspections_without_grades(form: tuple[str, str, str, str, str, int]) -> None:
    """What gives no grade, or has no framework here, has its class and its days, and no grade."""
    text, kind, name, council, days, actions = form
    found = extract_text(text_of(text.encode(), "a.txt"))
    one = found.record.inspections[-1]
    assert (found.kind, one.kind[0].value) == (kind, name)
    assert ([said.value for said in one.council], one.framework) == ([council], [])
    assert [time.date for time in one.on_site] == [days]
    assert (one.judgements, len(one.findings)) == ([], actions)


def test_fostering_says_what_it_leaves_out() -> None:
    """Grades under a framework that the record does not have are told to the reviewer."""
    found = extract_text(text_of(letters.FOSTERING_2012.encode(), "a.txt"))
    assert any("no framework" in passage.reason for passage in found.record.left_out)


def test_report_that_mentions_a_joint_inspection() -> None:
    """A graded report keeps its grades where it tells of a joint inspection before."""
    told = "A joint targeted area inspection in 2018 and a focused visit in 2019 came before."
    text = replaced(small.report(table=""), "Workers know", f"{told} Workers know")
    assert facts(text)["kind"] == "GradedInspection"
    assert len(facts(text)["grades"]) == 5


@settings(max_examples=30, deadline=None)
@given(
    council=st.sampled_from(sorted(one.name for one in COUNCILS)),
    first=st.dates(date(2018, 2, 1), date(2026, 6, 1)),
    monitoring=st.booleans(),
    seed=st.integers(0, 10_000),
)
def test_letters_of_every_council(council: str, first: date, monitoring: bool, seed: int) -> None:
    """Whoever is visited and whenever, the letter has its council and days, and no grade."""
    text = small.MONITORING if monitoring else small.FOCUSED
    text, named = re.subn(NAMES, council, text)
    last = first + timedelta(days=1)
    days = f"{first.day} {first:%B %Y} and {last.day} {last:%B %Y}"
    text, dated = re.subn("4 and 5 February 2020|17 and 18 October 2018", days, text)
    assert named and dated
    body = next(one for one in COUNCILS if one.name == council)
    found = facts(typeset(Random(seed), text))
    assert found["kind"] == ("MonitoringVisit" if monitoring else "FocusedVisit")
    assert (found["days"], found["grades"]) == ([f"{first}/{last}"], {})
    assert found["council"] == [body.code]
