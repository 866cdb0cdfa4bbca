"""Answers of the catalogue on the national release, worked out again without its queries."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise
from operator import itemgetter
from statistics import mean, median
from typing import cast
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from ontology.dates import bounds
from ontology.namespaces import BASE
from tests.fixtures.guards import not_empty
from tests.fixtures.pages import read

Row = dict[str, str]
PREFIX = f"PREFIX ci: <{BASE}ns#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
OVERALL = f"VALUES ?area {{ <{BASE}scheme/area/sif-overall> <{BASE}scheme/area/ilacs-overall> }}"
REPORTS = f"""{PREFIX} SELECT DISTINCT ?council ?day ?out_by ?rank ?grade ?inspection {{ {OVERALL}
    ?judgement ci:onArea ?area ; ci:grade ?graded . ?graded skos:prefLabel ?grade ; ci:rank ?rank .
    ?inspection ci:hasJudgement ?judgement ; ci:ofCouncil ?council ; ci:reportPublished ?time .
    ?time ci:earliest ?day ; ci:latest ?out_by }}"""
BEGAN = f"""{PREFIX} SELECT ?intervention ?first ?last ?sure {{ ?intervention a ci:Intervention ;
    ci:began ?time ; ci:linkCertainty ?sure . ?time ci:latest ?last
    OPTIONAL {{ ?time ci:earliest ?first }} }}"""
PROMPTED = [
    "BRY-2016-01",
    "CRY-2017-01",
    "DUD-2016-01",
    "KIR-2016-01",
    "KWL-2014-01",
    "SND-2015-01",
    "WBK-2015-01",
    "MDB-2019-01",
    "SHN-2019-01",
]
NO_REPORT = dict.fromkeys(("inspection", "grade", "out_by"), "")
NAMES = f"""{PREFIX} PREFIX org: <http://www.w3.org/ns/org#>
    PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
    SELECT DISTINCT ?holder ?name {{ ?one org:member ?holder . ?holder rdfs:label ?name }}"""
BRIEFLY_IN_OFFICE = {"inspector", "assistant inspector", "reviewer"}
IN_OFFICE = f"""{PREFIX} SELECT ?council ?from ?to {{ ?post a ci:Commissioner .
    ?post ci:regime <{BASE}scheme/regime/childrens-services> ; ci:forCouncil ?council .
    ?held ci:toPost ?post ; ci:inOfficeBy ?from ; ci:lastSeenInOffice ?to }}"""


def asked(england: TestClient, name: str, **given: str) -> list[dict[str, object]]:
    """Return the rows that answer a question of the catalogue."""
    pairs = "&".join(f"{key}={value}" for key, value in given.items())
    return cast("list[dict[str, object]]", read(england, f"/queries/{name}.json?{pairs}")["items"])


def selected(england: TestClient, query: str) -> list[Row]:
    """Return the rows of a query that only looks things up."""
    answer = england.post("/sparql", data={"query": query}, headers={"accept": "text/csv"})
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(answer.text.splitlines()))


def table(folder: str, name: str) -> list[Row]:
    """Return the rows of a table that is kept by hand."""
    text = files("data").joinpath("tables", folder, f"{name}.csv")
    return list(csv.DictReader(text.read_text(encoding="utf-8").splitlines()))


def code(address: object) -> str:
    """Return the last part of an address."""
    return str(address).rpartition("/")[2]


@pytest.mark.parametrize("day", ["2012-06-01", "2018-12-01", "2026-11-01"])
def test_the_counted_councils_are_those_that_are_listed(england: TestClient, day: str) -> None:
    """The number of a certainty is that of the councils which the list names with it."""
    listed = Counter(
        (row["regime"], row["certainty"]) for row in asked(england, "under_intervention", day=day)
    )
    counted = asked(england, "interventions_counted_on_day", day=day)
    assert {(row["regime"], row["certainty"]): row["councils"] for row in counted} == listed


def test_fees_are_those_of_the_table_of_pay(england: TestClient) -> None:
    """As many figures of each kind for each council as the table has, between the same sums."""
    figures = defaultdict(set)
    sums: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for line in not_empty(table("pay", "pay")):
        key = line["council"], line["kind"], line["basis"]
        figures[key].add(line["pay"])
        if line["amount_gbp"]:
            sums[key].append(float(line["amount_gbp"]))
    found = {
        (code(row["council"]), str(row["kind"]), str(row["basis"])): row
        for row in asked(england, "fees_by_council")
    }
    assert {key: row["figures"] for key, row in found.items()} == {
        key: len(pays) for key, pays in figures.items()
    }
    for key, row in found.items():
        assert row["least_gbp"] is None or float(str(row["least_gbp"])) in sums[key]
        assert row["most_gbp"] is None or float(str(row["most_gbp"])) in sums[key]


def test_support_as_first_said_and_as_revised_is_that_of_the_table(england: TestClient) -> None:
    """Each chain of sums that supersede each other begins and ends with the same two sums."""
    rows = {row["amount"]: row for row in table("financial-support", "amounts")}
    before = {name: row["supersedes"] for name, row in rows.items()}
    for row in table("financial-support", "amounts"):
        before[row["amount"]] = before[row["amount"]] or row["supersedes"]
    chains = Counter[tuple[str, str, str, str]]()
    for newest in not_empty(rows.keys() - set(before.values())):
        first = newest
        while before[first]:
            first = before[first]
        if first != newest:
            of = rows[first]
            sums = of["amount_gbp"], rows[newest]["amount_gbp"]
            chains[of["council"], of["year"], *sums] += 1
    answer = asked(england, "support_first_and_revised")
    told = Counter(
        (
            code(row["council"]),
            str(row["year"]),
            *("" if row[name] is None else str(row[name]) for name in ("first_gbp", "newest_gbp")),
        )
        for row in answer
    )
    assert told == chains


def test_middle_and_mean_lengths_are_those_of_the_list(england: TestClient) -> None:
    """Worked out again from the days of each ended intervention."""
    lengths: dict[object, list[int]] = defaultdict(list)
    for row in not_empty(asked(england, "lengths_of_interventions")):
        lengths[row["regime"]].append(int(str(row["days_least"])))
    for row in not_empty(asked(england, "length_by_regime")):
        days = lengths.pop(row["regime"])
        ends = row["shortest_days"], row["longest_days"], row["ended"]
        assert ends == (min(days), max(days), len(days))
        assert float(str(row["median_days"])) == median(days)
        assert abs(float(str(row["mean_days"])) - mean(days)) <= 0.5
    assert not lengths


def test_changes_of_grade_are_those_of_the_reports(england: TestClient) -> None:
    """Pairs of reports running, and whether a commissioner was seen in office in between."""
    reports = defaultdict(list)
    for row in not_empty(selected(england, REPORTS)):
        reports[row["council"]].append((row["day"], int(row["rank"]), row["grade"]))
    terms = not_empty(selected(england, IN_OFFICE))
    pairs, better = Counter[tuple[str, bool]](), Counter[tuple[str, bool]]()
    for council, several in reports.items():
        ordered = sorted(several)
        for (day, rank, grade), (next_day, next_rank, _) in pairwise(ordered):
            seen = any(
                term["council"] == council and term["from"] < next_day and term["to"] >= day
                for term in terms
            )
            pairs[grade, seen] += 1
            better[grade, seen] += next_rank < rank
    answer = asked(england, "grade_changes_with_commissioner")
    key = [(str(row["first_grade"]), bool(row["had_commissioner"])) for row in answer]
    assert dict(zip(key, [row["pairs"] for row in answer], strict=True)) == pairs
    assert dict(zip(key, [row["better"] for row in answer], strict=True)) == better
    assert all(
        row["pairs"] == sum(int(str(row[name])) for name in ("better", "same", "worse"))
        for row in not_empty(answer)
    )


def test_grades_before_and_after_are_those_of_the_reports(england: TestClient) -> None:
    """Of interventions that began and ended on a known day, worked out again from all reports."""
    reports = selected(england, REPORTS)
    found = [
        row
        for row in asked(england, "grades_before_and_after")
        if len(str(row["began"])) == len(str(row["ended"])) == len("2019-03-31")
    ]
    for row in not_empty(found):
        of = sorted(
            (one["day"], one["grade"]) for one in reports if one["council"] == row["council"]
        )
        began, ended = str(row["began"]), str(row["ended"])
        before = [grade for day, grade in of if day <= began]
        later = [grade for day, grade in of if day > began]
        after = [grade for day, grade in of if day > ended]
        grades = [row[name] or "" for name in ("grade_before", "grade_next", "grade_after_end")]
        assert grades == [(["", *before])[-1], ([*later, ""])[0], ([*after, ""])[0]]


def test_the_report_that_prompted_an_intervention_is_before_it(england: TestClient) -> None:
    """Whatever is told of the beginning: every report is before it or after it, none is lost."""
    began = {row["intervention"]: row for row in selected(england, BEGAN)}
    reports = selected(england, REPORTS)
    answer = not_empty(asked(england, "grades_before_and_after"))
    for row in answer:
        time = began[str(row["intervention"])]
        assert code(time["sure"]) == row["links_certainty"]
        of = [one for one in reports if one["council"] == row["council"]]
        before = [one for one in of if one["day"] <= time["last"]]
        later = [one for one in of if one["day"] > time["last"]]
        newest = max(before, key=itemgetter("day"), default=NO_REPORT)
        assert [row["inspection_before"] or "", row["grade_before"] or ""] == [
            newest["inspection"],
            newest["grade"],
        ]
        in_order = {True: "certain", False: "possible"}[newest["out_by"] <= time["first"]]
        assert row["order_certainty"] == (in_order if before else None)
        assert bool(later) == bool(row["grade_next"])
    named = {code(row["inspection_before"]): row for row in answer if row["inspection_before"]}
    assert {named[one]["grade_before"] for one in PROMPTED} == {"inadequate"}
    assert named["SND-2015-01"]["order_certainty"] == "certain"
    assert named["KWL-2014-01"]["order_certainty"] == "possible"
    without = [row for row in answer if not row["grade_before"]]
    assert len(answer) / 2 < len(without) < len(answer)


def test_a_report_of_the_same_day_is_a_step_before_a_direction(england: TestClient) -> None:
    """Sunderland was judged and directed on one day; the report is what the direction rests on."""
    steps = asked(england, "steps_before_direction", direction="SND-2015-01")
    (report,) = [row for row in steps if code(row["thing"]) == "SND-2015-01"]
    assert (report["days_before"], report["kind"]) == (0, "inspection: inadequate")


def test_what_must_be_nought_is_nought(england: TestClient) -> None:
    """No district directed on children's services, no grade of 2026, no value without a claim."""
    types = asked(england, "directions_by_type_of_council")
    numbers = {(code(row["regime"]), row["council_type"]): row["directions"] for row in types}
    assert numbers["childrens-services", "district council"] == 0
    assert int(str(numbers["childrens-services", "county council"])) > 0
    (newest,) = [
        row
        for row in asked(england, "overall_grades_by_framework")
        if "2026-04-01" <= str(row["first_fieldwork"]) < "2030"
    ]
    assert newest["with_overall_grade"] == 0 and int(str(newest["inspections"])) > 0
    facts = asked(england, "facts_and_their_claims")
    assert sum(int(str(row["facts"])) for row in facts) > 30_000
    assert [row["property"] for row in not_empty(facts) if row["values_without_claim"]] == []


def test_after_a_whole_list_nobody_else_is_in_office(england: TestClient) -> None:
    """The day after a page names as many commissioners as it counts, only those can be in post."""
    whole = [
        row
        for row in table("sightings", "best_value")
        if row["counted"] and len(row["holder"].split(";")) == int(row["counted"])
    ]
    for row in not_empty(whole):
        named = {name.split()[-1] for name in row["holder"].split(";")}
        day = str(date.fromisoformat(row["seen"]) + timedelta(days=1))
        given = {"day": day, "council": row["council"], "office": "commissioner"}
        found = [
            str(one["holder"]).split()[-1]
            for one in asked(england, "office_holders_on_a_day", **given)
            if one["regime"] == row["regime"]
        ]
        assert set(not_empty(found)) <= named, row["key"]


def test_those_of_a_direction_that_ran_out_are_gone_once_others_are_sent(
    england: TestClient,
) -> None:
    """Croydon's panel was to work until 20 July 2025; the direction of that month sent others."""
    sent = {
        row["key"].split("-")[-1]
        for row in table("appointments", "best_value")
        if row["council"] == "CRY" and row["held_from"] == "2025-07-17"
    }
    (state,) = asked(
        england, "under_intervention", day="2026-11-01", council="CRY", regime="best-value"
    )
    people = {code(person).split("-")[-1] for person in str(state["people"]).split()}
    assert people == set(not_empty(sent))


@pytest.mark.parametrize("day", ["2016-01-05", "2020-01-01", "2025-06-20", "2026-11-29"])
@pytest.mark.parametrize("given", [{}, {"with": "not-heard-of"}])
def test_people_of_a_council_are_those_in_office_there(
    england: TestClient, day: str, given: dict[str, str]
) -> None:
    """One rule for both: of whom nothing was heard for long is left out, and counted beside."""
    every = asked(england, "office_holders_on_a_day", day=day, **{"with": "not-heard-of"})
    held: dict[tuple[str, str], dict[str, bool]] = defaultdict(dict)
    names = {row["holder"]: row["name"] for row in selected(england, NAMES)}
    for row in not_empty(every):
        if row["kind"] not in BRIEFLY_IN_OFFICE:
            known = held[code(row["council"]), str(row["regime"])]
            silent = row["certainty"] == "not-heard-of"
            name = str(row["holder"])
            known[name] = known.get(name, True) and silent
    states = read(england, f"/under-intervention?limit=1000&on={day}&{urlencode(given)}")["items"]
    for state in not_empty(states):
        known = held[state["council"]["id"], state["regime"]]
        shown = {name for name, silent in known.items() if not silent}
        assert {names[person["iri"]] for person in state["people"]} == shown, state["id"]
        assert state["people_not_heard_of"] == sum(known.values()), state["id"]


def test_some_are_not_heard_of(england: TestClient) -> None:
    """Long after the last word of them the commissioners of Slough are counted, and not named."""
    asked_for = "/under-intervention?on=2026-11-29&council=SLG&regime=childrens-services"
    (state,) = read(england, asked_for)["items"]
    assert (state["people_not_heard_of"], len(state["people"])) == (2, 0)


def test_who_was_sent_in_until_a_day_is_named_until_then(england: TestClient) -> None:
    """The direction to Birmingham of 2023 is to last until 2028, with those whom it sent in."""
    asked_for = "/under-intervention?on=2026-11-29&council=BIR&regime=best-value"
    (state,) = read(england, asked_for)["items"]
    assert (state["people_not_heard_of"], len(state["people"])) == (0, 8)


KNOWN_FROM = f"""{PREFIX} SELECT ?later ?known ?earlier ?earlier_known {{
    VALUES ?place {{ ci:supersedes ci:replaces ci:revokes ci:varies ci:renews }}
    ?later ?place ?earlier . ?slot ci:about ?later ; ci:property ?place ; ci:knownFrom ?known .
    ?earlier ci:knownFrom ?earlier_known }}"""
SUMS_KNOWN = f"""{PREFIX} SELECT ?later ?known ?sum_known {{
    ?later ci:supersedes ?earlier . ?slot ci:about ?later ; ci:property ci:supersedes .
    ?slot ci:knownFrom ?known . ?sum ci:about ?earlier ; ci:property ci:amountGbp .
    ?sum ci:knownFrom ?sum_known }}"""


def test_nothing_is_known_after_what_took_its_place(england: TestClient) -> None:
    """Whoever tells what replaced an act or a sum tells that there was one; a sum with its sum."""
    acts = not_empty(selected(england, KNOWN_FROM))
    assert [row for row in acts if row["earlier_known"] > row["known"]] == []
    sums = not_empty(selected(england, SUMS_KNOWN))
    assert [row for row in sums if row["sum_known"] > row["known"]] == []


def test_no_end_lies_between_since_when_and_the_day(england: TestClient) -> None:
    """On every day, of every council and regime, `since` is told of a course that had not ended."""
    found = selected(england, COURSES)
    assert len({row["state"] for row in not_empty(found)}) >= 10
    ended = [row for row in found if not row["opened"] or row["opened"] <= row["end"]]
    assert not ended


def test_no_direction_answers_a_report_after_it_was_seen_in_force(england: TestClient) -> None:
    """A direction that a source sees in force, or said to be so since a day, is older than that."""
    seen: dict[str, str] = {}
    for row in table("sightings", "childrens_services"):
        days = [day for time in (row["since"], row["seen"]) if time and (day := bounds(time)[1])]
        if row["act"].startswith("direction/") and row["state"] == "direction-in-force" and days:
            known = seen.get(code(row["act"]))
            seen[code(row["act"])] = min([str(day) for day in days] + ([known] if known else []))
    reports = f"{PREFIX} SELECT ?it ?day {{ ?it ci:reportPublished/ci:earliest ?day }}"
    published = {code(row["it"]): row["day"] for row in selected(england, reports)}
    answered = [row for row in asked(england, "delay_to_direction") if row["direction"]]
    compared = [row for row in not_empty(answered) if code(row["direction"]) in not_empty(seen)]
    for one in not_empty(compared):
        assert published[code(one["inspection"])] <= seen[code(one["direction"])], one


def test_directions_are_counted_in_the_year_of_their_latest_day(england: TestClient) -> None:
    """Where sources leave the year open the last one counts, here as with powers."""
    query = f"{PREFIX} SELECT ?it ?day {{ ?it a ci:Direction ; ci:signed/ci:latest ?day }}"
    signed = Counter(row["day"][:4] for row in not_empty(selected(england, query)))
    counted = Counter[str]()
    for row in asked(england, "directions_without_end"):
        counted[str(row["year"])] += int(str(row["directions"]))
    assert counted == signed
    assert {str(row["year"]) for row in asked(england, "powers_by_year")} == set(signed)


COURSES = f"""PREFIX ci: <{BASE}ns#>
    SELECT ?state ?day ?opened ?end {{
      ?state a ci:CouncilUnderRegime . ?closer ci:closes ?state ; ci:signBy ?end .
      ?period ci:stateOf ?state ; ci:stateFrom ?day ; ci:certainty ?answer .
      FILTER(?answer != <{BASE}scheme/certainty/ended> && ?end <= ?day)
      OPTIONAL {{ ?period ci:firstSign/ci:signBy ?opened }}
    }}"""
