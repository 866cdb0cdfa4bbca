"""Exceptional financial support, as stated and as known on a day: nothing later shows."""

import csv
import json
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from data.sources import read_own_table
from loaders.__main__ import cli
from loaders.tables.facts.financial_support import FINANCIAL_SUPPORT
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
CONTRADICTED = {
    ("BRD", "2024-25"): 140_000_000,
    ("BRD", "2025-26"): 127_100_000,
    ("CBD", "2023-24"): 40_000_000,
    ("CBD", "2024-25"): 41_230_000,
    ("HAV", "2024-25"): 32_500_000,
    ("HRY", "2025-26"): 54_000_000,
    ("MDW", "2024-25"): 23_171_000,
    ("SLG", "2022-23"): 84_100_000,
}
"""The sum that is used where a copy without a status tells another of the same decision."""


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
    assert expected is None or f"{expected:,}" in page.text["td"]
    given = ["-p", "council=BIR", "-p", "year=2024-25", "-p", f"known_at={day}", "-f", "json"]
    told = CliRunner().invoke(
        cli, ["query", "financial_support_by_year", *given, "--release", str(national)]
    )
    bindings = json.loads(told.output)["results"]["bindings"]
    assert [int(row["amount_gbp"]["value"]) for row in bindings] == [
        row["amount_gbp"] for row in rows
    ]


def test_a_sum_is_shown_with_the_time_of_its_first_source_as_exact_as_that_tells(
    england: TestClient,
) -> None:
    """A month too; and on pages the thousands of pounds are set apart."""
    items = read(england, BIRMINGHAM)["items"]
    assert [item["stated"][0]["words"] for item in items] == DAYS
    table = england.get(BIRMINGHAM.replace("?", ".csv?")).text
    rows = csv.DictReader(table.splitlines())
    assert [row["stated"].split("; ")[0] for row in rows] == DAYS
    for address, shown in ((BIRMINGHAM, f"{SUMS[-1]:,}"), ("/councils/BIR", "405.7 million")):
        page = read_page(england, address)
        assert shown in page.text["td"], address
        assert "February 2026" in "".join(page.text.values()), address
    headings = read_page(england, BIRMINGHAM).text["th"]
    assert "Amount in pounds" in headings and "Stated" in headings


def test_the_first_time_is_the_earliest_by_which_a_source_had_stated_the_sum(
    england: TestClient,
) -> None:
    """Each sum has one, also where no source tells the day."""
    items = not_empty(read(england, "/financial-support?limit=1000")["items"])
    for item in items:
        latest = not_empty(time["latest"] for time in item["stated"])
        assert latest == sorted(latest), item["id"]
    assert [item for item in items if item["stated_on"] is None]


def by_year(england: TestClient, **given: str) -> dict[tuple[str, str, str | None], int]:
    """Return the sums by council and years, as far as was known on a day."""
    pairs = "&".join(f"{name}={value}" for name, value in given.items())
    rows = not_empty(read(england, f"/queries/financial_support_by_year?{pairs}")["items"])
    return {
        (row["council"].rpartition("/")[2], row["year"], row["to_year"]): row["amount_gbp"]
        for row in rows
    }


def test_a_copy_without_a_status_outranks_no_sum_that_says_how_settled_it_is(
    england: TestClient,
) -> None:
    """Today, and on each day by which the official or revised sum had been told."""
    for given in ({}, {"known_at": "2026-03-01"}, {"known_at": "2026-09-07"}):
        sums = by_year(england, **given)
        assert {key: sums[(*key, None)] for key in CONTRADICTED} == CONTRADICTED, given


def test_sums_that_contradict_each_other_are_discrepancies_about_the_one_that_is_used(
    england: TestClient,
) -> None:
    """Worked out from the table: the sums of one decision of which none supersedes another."""
    rows = not_empty(read_own_table(FINANCIAL_SUPPORT.table).rows)
    superseded = {row.supersedes for row in rows}
    told = defaultdict(set)
    for row in rows:
        if row.amount not in superseded and row.amount_gbp:
            told[row.council, row.year, row.to_year, row.decided_in].add(row.amount)
    expected = {frozenset(names): key for key, names in told.items() if len(names) > 1}
    assert {key[:2] for key in expected.values()} == set(CONTRADICTED)
    sums = by_year(england)
    page = read_page(england, "/discrepancies?type=contradiction&council=BRD").text["p"]
    assert f"Used for “amount gbp”: {CONTRADICTED['BRD', '2024-25']}." in page
    for item in not_empty(read(england, "/discrepancies?type=contradiction&limit=1000")["items"]):
        names = frozenset(
            claim["about"]["id"] for claim in item["claims"] if claim["property"] == "amountGbp"
        )
        if len(names) < 2:
            continue
        council, year, to_year, _ = expected.pop(names)
        (used,) = item["used"]
        assert used["about"]["id"] == item["about"]["id"]
        assert int(used["value"]) == sums[council, year, to_year]
        assert item in read(england, f"/discrepancies?council={council}&limit=1000")["items"]
    assert expected == {}


def test_the_newest_sum_of_a_chain_is_that_of_its_year(england: TestClient) -> None:
    """Both questions answer the same, where one decision was taken for the year."""
    decided = defaultdict(set)
    for row in not_empty(read_own_table(FINANCIAL_SUPPORT.table).rows):
        decided[row.council, row.year, row.to_year].add(row.decided_in)
    sums = by_year(england)
    chains = read(england, "/queries/support_first_and_revised")["items"]
    for row in not_empty(chains):
        key = row["council"].rpartition("/")[2], row["year"], row["to_year"]
        if len(decided[key]) == 1:
            assert sums[key] == (row["newest_gbp"] or 0), key
