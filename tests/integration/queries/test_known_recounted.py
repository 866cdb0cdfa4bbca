"""What questions tell as known on a day, and between two days, worked out again in other ways."""

from datetime import date, timedelta

import pytest
from starlette.testclient import TestClient

from ontology.namespaces import BASE
from tests.fixtures.guards import not_empty
from tests.fixtures.pages import read
from tests.integration.queries.test_answers_recounted import PREFIX, Row, asked, selected

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


CHOSEN = f"""{PREFIX} SELECT ?thing ?property ?since ?first ?last ?value {{
    VALUES ?property {{ ci:reportPublished ci:grade ci:signed }}
    ?slot ci:about ?thing ; ci:property ?property .
    {{ ?slot ci:knownFrom ?since ; ci:preferredClaim ?claim }} UNION
    {{ ?slot ci:formerChoice ?choice . ?choice ci:knownFrom ?since ; ci:chosenClaim ?claim }}
    GRAPH ?told {{ ?claim ci:valueNode ?value }}
    OPTIONAL {{ GRAPH ?told {{ ?value ci:earliest ?first }} }}
    OPTIONAL {{ GRAPH ?told {{ ?value ci:latest ?last }} }} }}"""
"""Every value that was ever chosen for some facts, with the day from which on it was."""
DAYS = "2012-12-31", "2015-06-30", "2018-03-31", "2021-12-31", "2100-01-01"
LONG = {"from": "1990-01-01", "to": "2100-01-01"}
"""A period that every act lies in."""


def newest_known(rows: list[Row], name: str, known_at: str) -> dict[str, Row]:
    """Return for each thing the choice that held on a day: the one that began last by then."""
    held: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: row["since"]):
        if row["property"].endswith(f"#{name}") and row["since"] <= known_at:
            held[row["thing"]] = row
    return held


@pytest.mark.parametrize("known_at", DAYS)
def test_days_of_directions_are_those_known_then(england: TestClient, known_at: str) -> None:
    """Of each council its directions with the bounds of the choice that held, and no other."""
    choices = newest_known(not_empty(selected(england, CHOSEN)), "signed", known_at)
    acts = asked(england, "acts_begun_between", **LONG, kind="direction", known_at=known_at)
    for council in not_empty({str(row["of_council"]) for row in acts}):
        code = council.rpartition("/")[2]
        rows = asked(england, "directions_of_council", council=code, known_at=known_at)
        for row in not_empty(rows):
            choice = choices[str(row["direction"])]
            told = row["signed_earliest"] or "", row["signed_latest"] or ""
            assert told == (choice["first"], choice["last"]), row["direction"]
    told_of = {str(row["act"]) for row in acts}
    directions = {thing for thing in choices if "/id/direction/" in thing}
    dated = {thing for thing in directions if choices[thing]["first"] or choices[thing]["last"]}
    assert told_of >= dated


@pytest.mark.parametrize("known_at", DAYS[1:])
def test_inadequate_councils_are_those_of_which_it_was_known(
    england: TestClient, known_at: str
) -> None:
    """The newest report that was known, with the grade that was chosen then, decides."""
    choices = not_empty(selected(england, CHOSEN))
    reports = newest_known(choices, "reportPublished", known_at)
    grades = newest_known(choices, "grade", known_at)
    day = min(known_at, "2026-01-01")
    newest: dict[str, tuple[str, str, str]] = {}
    for judgement, grade in grades.items():
        if not judgement.endswith(("/sif-overall", "/ilacs-overall")):
            continue
        inspection = f"{BASE}id/inspection/{judgement.split('/')[-2]}"
        if inspection in reports and "" < reports[inspection]["last"] <= day:
            council = inspection.rpartition("/")[2].split("-")[0]
            told = reports[inspection]["last"], inspection, grade["value"].rpartition("/")[2]
            newest[council] = max(told, newest.get(council, told))
    rows = asked(england, "inadequate_councils_on_day", day=day, known_at=known_at)
    answer = {str(row["council"]).rpartition("/")[2]: row["inspection"] for row in rows}
    expected = {code: one[1] for code, one in newest.items() if one[2] == "inadequate"}
    gone = {code for code in expected.keys() - answer.keys() if _is_gone(england, code, day)}
    assert answer == {code: one for code, one in expected.items() if code not in gone}
    assert len(answer) > 5


def _is_gone(england: TestClient, code: str, day: str) -> bool:
    """Return whether a council was dissolved by a day."""
    query = f"{PREFIX} SELECT ?day {{ <{BASE}id/council/{code}> ci:dissolvedOn ?day }}"
    return any(row["day"] <= day for row in selected(england, query))


def test_grades_of_a_council_are_those_known_then(england: TestClient) -> None:
    """No grade before a source told it; at last all of them."""
    choices = not_empty(selected(england, CHOSEN))
    for known_at in DAYS:
        grades = newest_known(choices, "grade", known_at)
        of_norfolk = [one for one in grades if "/id/judgement/NFK-" in one]
        rows = asked(england, "grades_of_council", council="NFK", known_at=known_at)
        assert len(rows) == len(of_norfolk), known_at
    assert asked(england, "grades_of_council", council="NFK") == rows != []


SUREST = "certain", "planned", "possible", "not-heard-of"
SILENT = {"with": "not-heard-of"}
KEYS = "appointment", "council", "regime"


@pytest.mark.parametrize(
    ("first", "days"), [(date(2014, 12, 20), 25), (date(2021, 6, 1), 20), (date(2024, 3, 1), 1)]
)
def test_it_is_the_sum_of_its_days(england: TestClient, first: date, days: int) -> None:
    """No appointment more and none less, each as sure as on the day on which it is surest."""
    every = {"with": "not-heard-of"}
    surest: dict[tuple[object, ...], int] = {}
    for number in not_empty(range(days)):
        day = str(first + timedelta(number))
        for row in not_empty(asked(england, "office_holders_on_a_day", day=day, **every)):
            key = tuple(row[name] for name in KEYS)
            rank = SUREST.index(str(row["certainty"]))
            surest[key] = min(rank, surest.get(key, rank))
    period = {"from": str(first), "to": str(first + timedelta(days - 1))}
    rows = asked(england, "office_holders_between", **period, **every)
    found = {tuple(row[name] for name in KEYS): str(row["certainty"]) for row in rows}
    assert found == {key: SUREST[rank] for key, rank in surest.items()}
    assert len(rows) == len(found) and all(row["source"] for row in rows)


def test_of_one_council_it_is_a_part(england: TestClient) -> None:
    """The commissioners of Liverpool in 2022 are those of all councils, less the others."""
    period = {"from": "2022-01-01", "to": "2022-12-31", "office": "commissioner"}
    every = asked(england, "office_holders_between", **period)
    liverpool = asked(england, "office_holders_between", **period, council="LIV")
    assert liverpool == [row for row in every if str(row["council"]).endswith("/LIV")]
    assert {"Mike Cunningham", "Joanna Killian"} <= {row["holder"] for row in liverpool}


CLOCKS = ("2012-06-01", "2012-12-31"), ("2018-01-01", "2018-06-30"), ("2022-05-01", "2026-12-31")


@pytest.mark.parametrize(("day", "known_at"), CLOCKS)
def test_both_doors_tell_the_same_states(england: TestClient, day: str, known_at: str) -> None:
    """The list and the question of the catalogue, row by row, with the same reasons and people."""
    rows = asked(england, "under_intervention", day=day, known_at=known_at)
    listed = read(england, f"/under-intervention?on={day}&known_at={known_at}&limit=1000")
    items = {
        (item["council"]["iri"], item["regime"]): (
            item["certainty"],
            item["because"],
            item["stage_on_day"],
            {one["iri"] for one in item["people"]},
            item["last_sign"]["source"]["iri"],
        )
        for item in not_empty(listed["items"])
    }
    answered = {
        (row["council"], str(row["regime"]).rpartition("/")[2]): (
            row["certainty"],
            row["because"],
            row["stage_on_day"],
            set(str(row["people"] or "").split()),
            row["last_sign_source"],
        )
        for row in not_empty(rows)
    }
    assert items == answered
    assert listed["total"] == len(rows)


def test_nobody_was_under_intervention_by_what_was_known_before(england: TestClient) -> None:
    """An intervention that no source had told of is none; it is there once one has."""
    day = "2018-01-01"
    before = asked(england, "under_intervention", day=day, known_at="1990-01-01")
    after = asked(england, "under_intervention", day=day, known_at="2018-06-30")
    today = asked(england, "under_intervention", day=day)
    assert before == []
    sure = {row["council"] for row in after if row["certainty"] == "certain"}
    assert set(not_empty(sure)) <= {row["council"] for row in today}


HAPPENED = f"""{PREFIX} SELECT ?claim ?property ?first ?since {{
    VALUES ?property {{ ci:signed ci:dated ci:published ci:reportPublished ci:takenUp ci:vacated
      ci:ended }}
    GRAPH ?told {{ ?claim ci:property ?property ; ci:knownFrom ?since ; ci:valueNode ?time .
      ?time ci:earliest ?first }} }}"""


def test_nothing_that_happened_is_known_before_its_own_day(england: TestClient) -> None:
    """Neither of an act nor of an office, nor of an end, by any source."""
    rows = selected(england, HAPPENED)
    too_early = [row["claim"] for row in rows if row["since"] < row["first"]]
    assert too_early == []
    assert len({row["property"] for row in rows}) == 7 and len(rows) > 1000


def holders_as_known(england: TestClient, **days: str) -> dict[str, str]:
    """Return who held an office, and how sure that was, of a council on a day by another."""
    rows = asked(england, "office_holders_on_a_day", **days)
    return {str(row["holder"]): str(row["certainty"]) for row in rows}


@pytest.mark.parametrize("known_at", ["2018-11-30", "2019-09-30"])
def test_commissioners_of_a_later_year_were_not_known_before(
    england: TestClient, known_at: str
) -> None:
    """The page that names them tells that they came in October 2019, so it is no older."""
    later = {"Andrew Christie", "Clare Chamberlain"}
    days = {"day": "2020-12-01", "council": "NTH"}
    assert later.isdisjoint(holders_as_known(england, **days, known_at=known_at))
    assert later <= holders_as_known(england, **days, known_at="2019-10-31").keys()


@pytest.mark.parametrize("known_at", ["2018-06-01", "2020-01-01", "2022-01-01"])
def test_commissioners_are_known_from_the_day_that_the_page_names(
    england: TestClient, known_at: str
) -> None:
    """Although the page does not say when it was published."""
    found = holders_as_known(england, day="2018-06-01", council="NTH", known_at=known_at)
    assert {"Tony McArdle", "Brian Roberts"} <= found.keys()


def test_who_is_named_and_not_begun_is_possible(england: TestClient) -> None:
    """An appointment that a statement announces for the next day is possible until then."""
    days = {"day": "2010-07-01", "council": "DNC"}
    assert holders_as_known(england, **days, known_at="2010-06-30")["Rob Vincent"] == "possible"
    assert holders_as_known(england, **days, known_at="2010-07-01")["Rob Vincent"] == "certain"


def test_an_office_of_which_nothing_was_heard_for_long_is_silent_as_known_too(
    england: TestClient,
) -> None:
    """As it is today, and no longer possible years after its last sign."""
    rows = asked(
        england, "office_holders_on_a_day", day="2021-01-01", known_at="2021-01-01", **SILENT
    )
    (davies,) = [row for row in rows if row["holder"] == "Christine Davies"]
    assert davies["certainty"] == "not-heard-of" and str(davies["last_sign"]) == "2014-03-05"
    today = holders_as_known(england, day="2021-01-01", **SILENT)
    assert today["Christine Davies"] == "not-heard-of"


def test_no_more_had_been_read_than_was_known(england: TestClient) -> None:
    """As known on a day, nothing reaches beyond it."""
    body = read(england, "/appointments?council=NTH&as_of=2020-12-01&known_at=2021-01-01")
    read_up_to = {item["read_up_to"] for item in not_empty(body["items"])}
    assert {*read_up_to, body["cut_off_date"]} == {"2021-01-01"}


BETWEEN = f"""{PREFIX} SELECT ?state ?from ?by ?why {{
    ?state ci:stateFrom ?from ; ci:explanation ?why ; ci:lastSign ?last .
    FILTER(STRSTARTS(STR(?why), "Before: ")) OPTIONAL {{ ?last ci:signBy ?by }} }}"""


def test_what_is_named_as_before_a_day_is_surely_not_after_it(england: TestClient) -> None:
    """An end of which only the year is known is not before the second of January."""
    rows = not_empty(selected(england, BETWEEN))
    assert [row for row in rows if not "" < row["by"] <= row["from"]] == []
