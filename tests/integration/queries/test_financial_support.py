"""Exceptional financial support, as stated and as known on a day: nothing later shows."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from loaders.__main__ import cli
from ontology.namespaces import NS
from tests.fixtures.guards import not_empty
from tests.fixtures.pages import read, read_page

BIRMINGHAM = "/financial-support?council=BIR&year=2024-25"
SUMS = [685_000_000, 490_000_000, 405_700_000]
DAYS = ["2024-02-29", "2025-02-20", "2026-02"]
SUM_ON = {
    "2024-01-31": None,
    "2024-06-30": 685_000_000,
    "2025-06-30": 490_000_000,
    "2026-11-28": 405_700_000,
}
"""What was known on a day of the support of Birmingham for 2024-25, in pounds."""


def test_birmingham_has_three_sums_with_their_days_and_sources(england: TestClient) -> None:
    """As first said, and twice as revised; each names the sum that it takes the place of."""
    items = read(england, BIRMINGHAM)["items"]
    assert [item["amount_gbp"] for item in items] == SUMS
    assert [item["status"] for item in items] == ["in-principle", "revised", "revised"]
    assert len(items) == len(DAYS)
    for item, day in not_empty(zip(items, DAYS, strict=True)):
        assert day in {time["words"] for time in item["stated"]} and item["source"]["label"]
    links = [(item["supersedes"], item["superseded_by"]) for item in items]
    names = [item["id"] for item in items]
    assert [earlier and earlier["id"] for earlier, _ in links] == [None, *names[:2]]
    assert [later and later["id"] for _, later in links] == [*names[1:], None]


def test_a_sum_is_told_to_be_superseded_on_a_page_of_its_own(england: TestClient) -> None:
    """Whether the later sum stands on the same page of the list makes no difference."""
    (first,) = read(england, f"{BIRMINGHAM}&limit=1")["items"]
    assert first["superseded_by"]["id"] == "bir-2024-25-490000000-revised"


@pytest.mark.parametrize("day", ["2024-06-30", "2025-03-01", "2025-06-30", "2026-08-31"])
def test_nothing_that_was_published_after_the_day_shows(england: TestClient, day: str) -> None:
    """Neither a time, nor a source, nor the sum that took the place of one."""
    address = f"/financial-support?known_at={day}&limit=1000"
    shown = not_empty(read(england, address)["items"])
    known = {item["id"] for item in shown}
    for item in shown:
        assert not_empty(item["stated"]) and not_empty(item["sources"])
        assert all(time["latest"] <= day for time in item["stated"]), item["id"]
        assert (item["stated_on"] or "") <= day
        assert item["superseded_by"] is None or item["superseded_by"]["id"] in known
        assert item["source"]["id"] in {source["id"] for source in item["sources"]}
        claims = read(england, f"/claims?about=support-amount/{item['id']}&limit=1000")["items"]
        by_then = {
            claim["document"]["id"]
            for claim in claims
            if claim["property"] == "stated" and claim["value"]["latest"] <= day
        }
        assert {source["id"] for source in item["sources"]} <= by_then


def test_the_graph_of_a_day_holds_nothing_later(england: TestClient) -> None:
    """As data for other programs too."""
    body = england.get(f"{BIRMINGHAM.replace('?', '.nt?')}&known_at=2024-06-30").content
    quads = list(ox.parse(body, ox.RdfFormat.N_TRIPLES))
    latest = [quad.object.value for quad in quads if quad.predicate.value == f"{NS}latest"]
    assert not_empty(latest) == ["2024-02-29"] and b"2026" not in body


@pytest.mark.parametrize("day", SUM_ON)
def test_the_sum_by_year_and_council_is_one_question(
    england: TestClient, national: Path, day: str
) -> None:
    """The same over HTTP, on the page, and on the command line."""
    expected = SUM_ON[day]
    address = f"/queries/financial_support_by_year?council=BIR&year=2024-25&known_at={day}"
    rows = read(england, address)["items"]
    assert [row["amount_gbp"] for row in rows] == ([expected] if expected else [])
    page = read_page(england, address)
    assert expected is None or str(expected) in page.text["td"]
    given = ["-p", "council=BIR", "-p", "year=2024-25", "-p", f"known_at={day}", "-f", "json"]
    told = CliRunner().invoke(
        cli, ["query", "financial_support_by_year", *given, "--release", str(national)]
    )
    bindings = json.loads(told.output)["results"]["bindings"]
    assert [int(row["amount_gbp"]["value"]) for row in bindings] == [
        row["amount_gbp"] for row in rows
    ]
