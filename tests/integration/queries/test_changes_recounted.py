"""What sources of a time added, worked out again from all that each of them says."""

from collections import defaultdict

import pytest
from starlette.testclient import TestClient

from ontology.namespaces import BASE
from tests.fixtures.guards import not_empty
from tests.integration.queries.test_answers_recounted import PREFIX, Row, asked, selected

SAID = f"""{PREFIX} SELECT ?claim ?document ?slot ?value ?denies ?day {{ GRAPH ?told {{
    ?claim ci:source ?document ; ci:slot ?slot ; ci:valueKey ?value ; ci:knownFrom ?day ;
        ci:polarity ?polarity BIND(STRENDS(STR(?polarity), "negative") AS ?denies) }} }}"""
FIGURES = "facts", "new", "confirmed", "stated_otherwise", "denied"
Counts = dict[tuple[str, str], list[int]]


@pytest.fixture(scope="module")
def said(england: TestClient) -> list[Row]:
    """Return what every source says of every fact, with the day from which that is known."""
    return not_empty(selected(england, SAID))


def counts(said: list[Row], first: str, last: str) -> Counts:
    """Return the figures of each document and day."""
    of_slot = defaultdict(list)
    told = defaultdict(list)
    for row in said:
        of_slot[row["slot"]].append(row)
        if first <= row["day"] <= last:
            told[row["document"], row["day"], row["slot"]].append(row)
    found: Counts = defaultdict(lambda: [0] * len(FIGURES))
    for (document, day, slot), rows in told.items():
        before = [one["value"] for one in of_slot[slot] if one["day"] < day]
        differs = any(value != row["value"] for row in rows for value in before)
        denies = any(row["denies"] == "true" for row in rows)
        figures = (True, not before, bool(before) and not differs, differs, denies)
        found[document, day] = [a + b for a, b in zip(found[document, day], figures, strict=True)]
    return found


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-01-01", "2026-11-30"), ("2018-06-01", "2019-05-31"), ("1999-01-01", "2030-12-31")],
)
def test_what_sources_added_is_what_their_claims_say(
    england: TestClient, said: list[Row], first: str, last: str
) -> None:
    """Of every source that says something, whichever day it is known from."""
    rows = asked(england, "changes_by_sources_between", **{"from": first, "to": last})
    answer = {
        (str(row["document"]), str(row["published"])): [int(str(row[one])) for one in FIGURES]
        for row in rows
    }
    assert answer == dict(counts(said, first, last)) and len(answer) == len(rows)
    assert any(figures[3] for figures in answer.values())


def test_pages_and_tables_are_sources_too(england: TestClient) -> None:
    """Most of what is known is read on a page or in a row, each with a day of its own."""
    rows = asked(
        england, "changes_by_sources_between", **{"from": "2026-01-01", "to": "2026-11-30"}
    )
    kinds = {
        row["kind"].removeprefix(f"{BASE}ns#")
        for row in selected(
            england,
            f"{PREFIX} SELECT DISTINCT ?document ?kind {{ ?document a ci:SourceDocument, ?kind }}",
        )
        if row["document"] in {one["document"] for one in rows}
    }
    assert {"WebPage", "Table", "InspectionReportDocument"} <= kinds
