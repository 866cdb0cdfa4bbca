"""Letters of Ofsted after focused and monitoring visits are read without grades."""

from __future__ import annotations

from loaders.extraction import extract_text
from loaders.text_of_file import text_of
from tests import small_reports as small
from tests.small_reports import facts, inspection


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
