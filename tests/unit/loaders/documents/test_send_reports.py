"""A report on an area's provision for special educational needs has an outcome and no grade."""

from __future__ import annotations

import re

import pytest

from loaders.documents.extract import extract_text
from loaders.documents.files.fixed_text import text_of
from loaders.documents.text import words_beside
from tests.fixtures.documents import small_letters as letters

REPORT = """\
Area SEND inspection of Wiltshire Local Area Partnership

Inspection dates: 12 June to 16 June 2023

Date published: 7 August 2023

Inspection outcome

There are widespread and/or systemic failings, which give rise to concern about children's lives. \
The good work of some schools is noted.

Areas for priority action

Leaders should urgently shorten the wait for speech therapy.

Areas for improvement

Leaders should strengthen the oversight of plans.
"""


def test_outcome_dates_and_areas() -> None:
    """The outcome is a finding; areas for priority action are told apart; there is no grade."""
    found = extract_text(text_of(REPORT.encode(), "report.txt"))
    inspection = found.record.inspections[0]
    assert found.kind == "area-send-report"
    assert inspection.on_site[0].date == "2023-06-12/2023-06-16"
    assert inspection.report_published[0].date == "2023-08-07"
    assert [said.value for said in inspection.outcome] == ["send-failings"]
    assert [said.value for said in inspection.framework] == ["area-send-2023"]
    assert inspection.kind[0].value == "AreaSendInspection"
    assert not inspection.judgements
    assert not inspection.all_areas_graded
    assert [finding.kind[0].value for finding in inspection.findings] == [
        "Finding",
        "AreaForPriorityAction",
        "Finding",
    ]


AGAIN = letters.SEND_AGAIN
LETTERS = {
    "letter of 2016": (letters.SEND_2016, "SRY", "2016-10-17/2016-10-21", "2016-12-20",
                       "A written statement of action is required."),
    "second visit": (AGAIN.format(has="has made sufficient progress"), "SHN",
                     "2021-05-19/2021-05-21", "2021-06-24",
                     "Progress on the weaknesses is sufficient."),
    "second visit in vain": (AGAIN.format(has="has not made sufficient progress"), "SHN",
                             "2021-05-19/2021-05-21", "2021-06-24",
                             "Progress on at least one weakness is not sufficient."),
    "report of 2026": (letters.SEND_2023, "ESS", "2026-01-19/2026-01-23", "",
                       "Arrangements lead to inconsistent experiences and outcomes."),
}  # fmt: skip


@pytest.mark.parametrize("form", LETTERS.values(), ids=LETTERS.keys())
def test_letters_and_reports(form: tuple[str, str, str, str, str]) -> None:
    """Of each form the days on site are read, and the one outcome that is its own."""
    text, council, days, dated, outcome = form
    found = extract_text(text_of(text.encode(), "a.txt"))
    one = found.record.inspections[0]
    assert (found.kind, one.council[0].value) == ("area-send-report", council)
    assert [time.date for time in one.on_site] == [days]
    assert [time.date for time in one.letter_dated] == ([dated] if dated else [])
    assert not one.judgements
    own = [finding for finding in one.findings if finding.id == "outcome"]
    assert [said.value for finding in own for said in finding.summary] == [outcome]
    reached = [said.value for said in one.outcome]
    assert reached == (["send-inconsistent"] if "inconsistent" in outcome else [])


@pytest.mark.parametrize("visit", ["first", "second"])
def test_an_outcome_takes_and_leaves_its_examples(visit: str) -> None:
    """What stands beside a pattern is true of it."""
    outcomes = words_beside("loaders.documents.kinds.send_reports")[visit]
    taken = [
        (re.search(outcome["pattern"], outcome[example], re.IGNORECASE) is not None, example)
        for outcome in outcomes
        for example in ("takes", "leaves")
    ]
    assert taken == [(True, "takes"), (False, "leaves")] * len(outcomes)
