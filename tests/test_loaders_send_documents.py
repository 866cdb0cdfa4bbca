"""A report on an area's provision for special educational needs has an outcome and no grade."""

from __future__ import annotations

from loaders.extraction import extract_text
from loaders.text_of_file import text_of

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
    assert not inspection.judgements
    assert not inspection.all_areas_graded
    assert [one.kind[0].value for one in inspection.findings] == [
        "Finding",
        "AreaForPriorityAction",
        "Finding",
    ]
