"""The record beside what ministers and others say, on the command line and over HTTP."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from data.tables.comparisons import read_pairings
from loaders.__main__ import cli
from queries.comparison_views import COLUMNS
from tests.fixtures.guards import not_empty
from tests.fixtures.pages import check_form, read, read_page

LISTS_HEADER = "key,question,day,regime,said,count,councils,not_held,page\n"
PAIRINGS_HEADER = "about,asks,topic,query,parameters,column,lacking\n"
EXPLAINED = {"exact with what is only possible", "not contradicted", "differs"}
QUERIES = sorted({pairing.query for pairing in read_pairings() if pairing.query})
MADE_UP: dict[str, tuple[str, str]] = {
    "acts_begun_between": (
        ",,2013,childrens-services,councils directed in this year,1,NFK,,a-page",
        ",councils,childrens-interventions,acts_begun_between,"
        "from=2013-01-01 to=2013-12-31 kind=direction regime=childrens-services,of_council,",
    ),
    "acts_in_force_on_day": (
        ",,2015-06-01,best-value,councils with a direction in force,2,,,a-page",
        ",councils,best-value-interventions,acts_in_force_on_day,"
        "day=2015-06-01 regime=best-value kind=direction,of_council,",
    ),
    "commissioners_appointed_between": (
        ",,2018,best-value,councils to which commissioners were sent,,NTH,,a-page",
        ",councils,best-value-interventions,commissioners_appointed_between,"
        "from=2018-01-01 to=2018-12-31 regime=best-value,council,",
    ),
    "councils_out_of_intervention": (
        ",,2014-01-01/2015-12-31,childrens-services,councils out of it,40,,,a-page",
        ",councils,childrens-interventions,councils_out_of_intervention,"
        "from=2014-01-01 to=2015-12-31 regime=childrens-services,council,",
    ),
    "councils_with_commissioners_on_day": (
        ",,2019-02-01,best-value,councils with commissioners,1,NTH,,a-page",
        ",councils,best-value-interventions,councils_with_commissioners_on_day,"
        "day=2019-02-01 regime=best-value,council,",
    ),
    "councils_with_support_decided_in": (
        ",,2021-03-01,,councils with support,3,LUT,,a-page",
        ",councils,financial-support,councils_with_support_decided_in,year=2020-21,council,",
    ),
    "inadequate_councils_on_day": (
        ",,2016-10-01,childrens-services,inadequate councils,25,NFK BIR,,a-page",
        ",councils,childrens-inspections,inadequate_councils_on_day,"
        "day=2016-10-01 framework=sif,council,",
    ),
    "inspections_between": (
        ",,2024-10,send,areas inspected in this month,,NFK,,a-page",
        ",councils,send-area-inspections,inspections_between,"
        "from=2024-10-01 to=2024-10-31 form=area-send,of_council,",
    ),
    "pay_of_commissioners": (
        ",,2025-03-31,best-value,what the commissioners were paid,,THR,no sum given,a-page",
        ",things,best-value-interventions,pay_of_commissioners,council=THR,pay,",
    ),
    "section_114_reports_between": (
        ",,2020,,councils with a section 114 report,1,CRY,,a-page",
        ",councils,section-114,section_114_reports_between,"
        "from=2020-01-01 to=2020-12-31,of_council,",
    ),
    "services_run_by_trusts_on_day": (
        ",,2019-01-01,childrens-services,councils whose services a trust runs,3,DNC,,a-page",
        ",councils,service-transfers,services_run_by_trusts_on_day,day=2019-01-01,of_council,",
    ),
    "under_intervention": (
        ",,2022-03-01,best-value,councils under intervention,,LIV NFK,,a-page",
        ",councils,best-value-interventions,under_intervention,"
        "day=2022-03-01 regime=best-value,council,",
    ),
}
"""For each question that answers lists: a list that nobody published, and how it is answered."""


LACKING = (
    "lacking,,2016-01-05,childrens-services,councils whose heads resigned,3,,,a-page",
    "lacking,councils,,,,,heads who resigned",
)
"""A list that no question of the catalogue answers."""


def compared(release: Path, *arguments: str) -> str:
    """Return what the command says."""
    result = CliRunner().invoke(cli, ["compare", "--release", str(release), *arguments])
    assert result.exit_code == 0, f"{result.output}{result.exception}"
    return result.output


@pytest.fixture(scope="module")
def made_up(national: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return the comparison of lists of one's own, each by its key, the name of its question."""
    folder = tmp_path_factory.mktemp("lists")
    lists, pairings = folder / "lists.csv", folder / "pairings.csv"
    rows = [(f"{_key(name)}{row}", f"{_key(name)}{pair}") for name, (row, pair) in MADE_UP.items()]
    rows.append(LACKING)
    own = "\n".join(row for row, _ in rows)
    lists.write_text(f"{LISTS_HEADER}{own}\n", encoding="utf-8")
    ways = "\n".join(pair for _, pair in rows)
    pairings.write_text(f"{PAIRINGS_HEADER}{ways}\n", encoding="utf-8")
    text = compared(national, "--lists", str(lists), "--pairings", str(pairings), "-f", "json")
    return {item["key"]: item for item in json.loads(text)["items"]}


def _key(query: str) -> str:
    return query.replace("_", "-")


@pytest.fixture(scope="module")
def told(england: TestClient) -> Any:
    """Return the comparison over HTTP."""
    return read(england, "/coverage/parliament")


def test_each_question_has_a_class(told: Any) -> None:
    """Countable, outside what was read, or no question of fact; 27 questions are held."""
    asked = [item for item in told["items"] if item["house"]]
    assert len(asked) == 27
    assert {item["question_class"] for item in asked} == {
        "countable within our coverage",
        "outside our coverage",
        "no question of fact",
    }


def test_four_of_five_countable_questions_are_given_exactly(told: Any) -> None:
    """The share is that of questions whose names or number the record gives in every part."""
    words = told["summary"]["questions with names or a number, given exactly"]
    exact, measured = (int(word) for word in words.split()[:3:2])
    assert measured >= 10 and exact >= 0.8 * measured
    reserved = told["summary"]["questions given exactly, if what is only possible counts"]
    assert 0 <= int(reserved) < exact


def test_a_claim_or_a_gap_stands_for_each_difference(told: Any) -> None:
    """Never a sentence alone: a claim has its address, a gap its topic."""
    parts = [part for item in told["items"] for part in item["parts"]]
    differing = not_empty(part for part in parts if part["agreement"] in EXPLAINED)
    for part in differing:
        reasons = [one["reason"] for one in part["differences"]] + [part["gap"]]
        for reason in not_empty(reason for reason in reasons if reason):
            assert reason["kind"] in ("claim", "gap"), (part["about"], reason)
            assert reason["claim"] if reason["kind"] == "claim" else reason["topic"]


def test_each_list_that_differs_is_among_the_discrepancies(
    national: Path, england: TestClient, told: Any
) -> None:
    """No answer contradicts a list or a count without one; a gap of coverage is told as such."""
    parts = {part["about"]: part for item in told["items"] for part in item["parts"]}
    differing = not_empty(about for about, part in parts.items() if part["agreement"] == "differs")
    every = read(england, "/discrepancies?limit=1000")["items"]
    found = not_empty(one for one in every if one["compared_list"])
    assert {one["compared_list"]["id"] for one in found} == set(differing)
    for one in found:
        part = parts[one["compared_list"]["id"]]
        assert one["record_answer"].startswith(f"{part['query']} ")
        assert part["day"] in one["explanation"] and part["said"] in one["explanation"]
        documents = {claim["document"]["id"] for claim in one["claims"]}
        assert part["source"].removeprefix("document/") in documents
        by_gap = "gap of coverage" in one["explanation"]
        assert (one["kind"] == "different-scope") == by_gap
        assert by_gap or len(one["claims"]) > 1
    of_councils = not_empty(
        one["about"]["id"] for one in found if one["about"]["kind"] == "council"
    )
    for code in of_councils:
        text = CliRunner().invoke(
            cli,
            ["query", "--release", str(national), "disagreements", "-p", f"council={code}"],
        )
        assert "A list (" in text.output, code


def test_what_is_exact_does_not_rest_on_the_possible(told: Any) -> None:
    """Where it does, the answer says so, and names what is possible only."""
    parts = [part for item in told["items"] for part in item["parts"]]
    for part in not_empty(part for part in parts if part["agreement"] == "exact"):
        sure = {name for name, how in part["found"].items() if how in ("certain", "planned", "")}
        assert sure.issuperset(part["said_councils"])
        if part["speaks_of"] == "all":
            assert part["said_number"] == len(sure)
    reserved = not_empty(
        part for part in parts if part["agreement"] == "exact with what is only possible"
    )
    for part in not_empty(reserved):
        assert "possible" in {one["named_by"] for one in part["differences"]}


def test_answers_that_are_their_own_source_say_so(told: Any) -> None:
    """The record has the informal interventions of 2004 to 2008 from the very answer."""
    parts = {part["about"]: part for item in told["items"] for part in item["parts"]}
    own = parts["commons-240756-informal"]
    assert own["own_source"] and set(own["own_source_of"]) == set(own["said_councils"])
    assert not parts["commons-912085-inadequate-2019"]["own_source"]


def test_the_page_shows_each_question_with_its_reservations(england: TestClient) -> None:
    """Agreement, own source, and each difference."""
    page = read_page(england, "/coverage/parliament")
    check_form(page)
    assert "exact with what is only possible" in page.text["strong"]
    assert "The record rests, too, on the page of this answer itself" in page.text["dd"]


def test_the_command_says_the_same_as_the_service(
    national: Path, england: TestClient, told: Any
) -> None:
    """In JSON item for item; the table of the service has a row for each part."""
    body = json.loads(compared(national, "-f", "json"))
    assert body["items"] == told["items"] and body["summary"] == told["summary"]
    rows = list(csv.DictReader(io.StringIO(england.get("/coverage/parliament.csv").text)))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == sum(len(item["parts"]) for item in told["items"])


def test_the_lines_of_the_command_end_with_the_summary(national: Path, told: Any) -> None:
    """Each question, each difference with its claim, and how many are given exactly."""
    text = compared(national)
    for name, value in not_empty(told["summary"].items()):
        assert name in text and value in text
    assert "own source: tells itself of" in text and "possibly, by the record" in text


def test_every_kind_of_question_has_one_that_is_made_up() -> None:
    """A question of the catalogue that answers lists is tried with a list nobody published."""
    assert sorted(MADE_UP) == QUERIES


@pytest.mark.parametrize("query", MADE_UP)
def test_a_new_list_of_each_kind_is_answered(made_up: dict[str, Any], query: str) -> None:
    """It is classed and compared, and every difference has its claim or its gap."""
    (part,) = made_up[_key(query)]["parts"]
    assert part["question_class"] == "countable within our coverage", part["gap"]
    assert part["agreement"] != "not compared" and part["query"] == query
    if part["agreement"] in EXPLAINED:
        reasons = [one["reason"] for one in part["differences"]] + [part["gap"]]
        assert {reason["kind"] for reason in not_empty(filter(None, reasons))} <= {"claim", "gap"}


def test_a_list_that_no_question_answers_says_what_the_record_lacks(
    made_up: dict[str, Any],
) -> None:
    """It is outside the coverage and not compared."""
    item = made_up["lacking"]
    assert item["question_class"] == "outside our coverage"
    assert "heads who resigned" in item["parts"][0]["gap"]["text"]
