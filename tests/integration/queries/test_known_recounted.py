"""What questions tell as known on a day, worked out again from the claims that were known then."""

import pytest
from starlette.testclient import TestClient

from tests.fixtures.guards import not_empty
from tests.integration.queries.test_answers_recounted import PREFIX, asked, selected

DATED = f"""{PREFIX} SELECT ?report ?since ?first ?last {{
    ?slot ci:about ?report ; ci:property ci:dated . ?report a ci:Section114Report
    GRAPH ?told {{ ?claim ci:slot ?slot ; ci:knownFrom ?since ; ci:valueNode ?time }}
    OPTIONAL {{ GRAPH ?told {{ ?time ci:earliest ?first }} }}
    OPTIONAL {{ GRAPH ?told {{ ?time ci:latest ?last }} }} }}"""
PERIOD = {"from": "2000-01-01", "to": "2023-12-31"}


@pytest.mark.parametrize(
    ("known_at", "least"),
    [
        ("2000-10-18", 0),
        ("2017-12-31", 1),
        ("2020-12-02", 3),
        ("2022-01-04", 5),
        ("2030-01-01", 12),
    ],
)
def test_section_114_reports_are_those_that_a_source_told_of(
    england: TestClient, known_at: str, least: int
) -> None:
    """A report that was published later is not there, however early it was made."""
    possible: dict[str, set[bool]] = {}
    for row in not_empty(selected(england, DATED)):
        first, last = row["first"] or row["last"], row["last"] or row["first"]
        if row["since"] <= known_at and first <= PERIOD["to"] and last >= PERIOD["from"]:
            is_sure = bool(row["first"] and row["last"]) and last <= PERIOD["to"]
            possible.setdefault(row["report"], set()).add(is_sure)
    rows = asked(england, "section_114_reports_between", **PERIOD, known_at=known_at)
    answer = {str(row["report"]): row["certainty"] == "certain" for row in rows}
    assert answer.keys() == possible.keys() and len(rows) == len(answer)
    # Where sources tell of different days, the rules choose one of them.
    wrong = [report for report, surely in possible.items() if answer[report] not in surely]
    assert wrong == []
    assert len(answer) >= least


def test_without_such_a_day_everything_counts(england: TestClient) -> None:
    """As on any day after the newest source."""
    whole = asked(england, "section_114_reports_between", **PERIOD)
    known = asked(england, "section_114_reports_between", **PERIOD, known_at="2100-01-01")
    assert whole == known != []
