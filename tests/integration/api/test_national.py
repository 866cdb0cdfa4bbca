"""The service on the national release: every council by every code, its story, and the gaps."""

import csv
import io
import re
from time import process_time
from typing import get_args

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from api.views.lists import BY_PATH, RESOURCES
from data.tables.coverage import Topic
from queries.reach import WORDS
from tests.fixtures.guards import not_empty
from tests.fixtures.pages import check_form, check_loading, identifiers, read, read_page

PAGES = (
    "/",
    "/councils",
    "/councils?q=E08000016",
    "/councils?under_direction_on=2018-06-01",
    "/councils/BIR",
    "/councils/BNS",
    "/councils/KET",
    "/councils/NTH",
    "/councils/NTH/events",
    "/councils/WNT",
    "/councils/BUC/events?limit=5",
    "/authorities",
    "/authorities/NECA",
    "/inspections?council=BIR",
    "/judgements?council=BIR",
    "/directions?council=LIN",
    "/notices",
    "/notices/HAL-2022-01",
    "/section-114-reports",
    "/section-114-reports/NTH-2018-01",
    "/transfers",
    "/transfers/DNC-2014-01",
    "/interventions",
    "/interventions?under_way_on=2018-06-01",
    "/interventions/direction-NTH-2013-01",
    "/documents/ofsted-history",
    "/coverage",
    "/coverage?council=NFK",
    "/coverage?status=not-covered",
    "/coverage/figures",
    "/claims?document=ofsted-history&limit=5",
    "/discrepancies",
)
LIST_SECONDS = 5.0
"""Most time of the processor that any list may take; far above what they take."""

STATEMENT_CHARACTERS = 800
"""Most that the statement of coverage may add to an answer, without its topics."""

TOPIC_CHARACTERS = 900
"""Most that the statement of coverage may add to an answer for each topic that it is about."""

STATUSES = set(WORDS)


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_complete_and_load_nothing(england: TestClient, path: str) -> None:
    """The pages keep the rules of all pages at national size too."""
    found = read_page(england, path)
    check_form(found)
    check_loading(found)


@pytest.mark.parametrize("path", [resource.path for resource in RESOURCES])
def test_lists_are_full_quick_and_say_what_was_read(england: TestClient, path: str) -> None:
    """Every list has items, a small envelope, and one of five statuses for each topic."""
    before = process_time()
    body = read(england, f"/{path}")
    assert process_time() - before < LIST_SECONDS
    assert body["items"] and body["total"] >= len(body["items"])
    coverage = body["coverage"]
    topics = set(BY_PATH[path].topics or get_args(Topic))
    assert len(str(coverage)) < STATEMENT_CHARACTERS + TOPIC_CHARACTERS * len(topics)
    assert coverage["details"] == "/coverage"
    assert set(not_empty(row["status"] for row in coverage["topics"])) <= STATUSES
    assert {row["topic"] for row in coverage["topics"]} == topics


def test_coverage_of_a_council_tells_topic_period_and_status(england: TestClient) -> None:
    """Every list that is asked about one council carries what was read about that council."""
    coverage = read(england, "/directions?council=LIN")["coverage"]
    assert coverage["details"] == "/coverage?council=LIN"
    for row in coverage["topics"]:
        assert row["status"] in STATUSES and row["from"] <= row["to"] and row["councils"] == 1
        assert (row["last_checked"] is None) == (row["status"] == "not-covered")
        assert (row["found"] > 0) == row["status"].endswith("covered-found")
    topics = BY_PATH["directions"].topics
    listed = [
        period
        for period in read(england, "/coverage?council=LIN&limit=1000")["items"]
        if period["topic"] in topics
    ]
    assert [(period["topic"], period["from"], period["status"]) for period in listed] == [
        (row["topic"], row["from"], row["status"]) for row in coverage["topics"]
    ]
    assert len(str(coverage)) < STATEMENT_CHARACTERS + TOPIC_CHARACTERS * len(topics)


def test_none_known_and_nobody_looked_never_look_alike(england: TestClient) -> None:
    """An empty list says in plain words what that means; each meaning has its own words."""
    county = england.get("/directions.html?council=LIN").text
    assert "no evidence that there was none" in county and "nobody has looked" in county
    district = england.get("/directions.html?council=KET").text
    assert "a district council has no such functions" in district
    table = england.get("/coverage.html?council=LIN").text
    assert WORDS["not-covered"] in table and WORDS["partly-covered-nothing-found"] in table
    complete = read(england, "/coverage?status=covered-nothing-found")["items"]
    council = complete[0]["council"]["id"]
    assert WORDS["covered-nothing-found"] in england.get(f"/coverage.html?council={council}").text


def test_coverage_can_be_filtered(england: TestClient) -> None:
    """By status, topic and regime."""
    unread = read(england, "/coverage?status=not-covered&limit=1000")
    assert unread["items"] and {item["status"] for item in unread["items"]} == {"not-covered"}
    of_regime = read(england, "/coverage?regime=best-value&council=NFK")["items"]
    assert {period["topic"] for period in of_regime} == {
        "best-value-interventions",
        "best-value-notices",
    }
    sums = read(england, "/")["coverage"]["topics"]
    read_in_part = [row for row in sums if row["status"] == "partly-covered-nothing-found"]
    assert max(row["councils"] for row in read_in_part if row["topic"] == "section-114") > 300


def test_figures_stand_beside_what_was_expected(england: TestClient) -> None:
    """The build's own counts are shown; a number that is not the expected one has its reason."""
    figures = {item["name"]: item for item in read(england, "/coverage/figures")["items"]}
    assert figures["councils"]["total"]["number"] == 365
    assert figures["other_authorities"]["total"]["number"] == 16
    counts = [count for figure in figures.values() for count in (figure["total"], *figure["parts"])]
    assert all(one["reason"] for one in counts if one["expected"] not in (None, one["number"]))
    assert any(one["expected"] is not None for one in counts)
    rows = list(csv.DictReader(io.StringIO(england.get("/coverage/figures.csv").text)))
    assert len(rows) == len(counts) and rows[0]["figure"] == "councils"
    assert "The register has 381 English entries" in england.get("/coverage/figures.html").text


def test_every_council_has_a_page(england: TestClient) -> None:
    """All 365 councils are found, old ones too, and the other authorities are not among them."""
    codes = identifiers(england, "/councils?limit=1000")
    assert len(codes) == len(set(codes)) == 365
    for code in not_empty(codes[::12]):
        body = read(england, f"/councils/{code}")
        assert body["name"] and body["coverage"]["topics"]
        assert isinstance(body["inspections"], list) and isinstance(body["interventions"], list)
    assert len(identifiers(england, "/authorities")) == 16


@pytest.mark.parametrize(
    ("code", "council"),
    [
        ("E08000016", "BNS"),
        ("E08000038", "BNS"),
        ("E08000019", "SHF"),
        ("E08000039", "SHF"),
        ("e10000021", "NTH"),
        ("E06000060", "BUC"),
    ],
)
def test_a_code_of_an_area_leads_to_the_council(
    england: TestClient, code: str, council: str
) -> None:
    """Old and new codes answer 308, with suffix and query; the search finds them too."""
    for rest in ("", ".ttl", "/events", "/events.csv?limit=3"):
        answer = england.get(f"/councils/{code}{rest}")
        assert answer.status_code == 308
        assert answer.headers["location"] == f"/councils/{council}{rest}"
    assert identifiers(england, f"/councils?q={code}") == [council]


def test_former_names_are_found_and_told(england: TestClient) -> None:
    """Who knows only the old name of a council finds it."""
    assert identifiers(england, "/councils?q=doncaster metropolitan") == ["DNC"]
    assert (
        "Doncaster Metropolitan Borough Council" in read(england, "/councils/DNC")["former_names"]
    )
    barnsley = read(england, "/councils/BNS")
    assert barnsley["area"]["gss_code"] == "E08000038"
    assert [area["gss_code"] for area in barnsley["former_areas"]] == ["E08000016"]
    assert barnsley["former_areas"][0]["in_use_until"] == "2025-04-01"


def test_an_unknown_code_names_what_is_accepted(england: TestClient) -> None:
    """A code that no area bears is a 404 and no redirection."""
    answer = england.get("/councils/E99999999")
    assert answer.status_code == 404
    assert answer.json()["accepted"] == ["register code of a council"]


def test_buckinghamshire_is_two_bodies(england: TestClient) -> None:
    """Each has the inspections of its own time, and each leads to the other by the order."""
    old, new = read(england, "/councils/BKM"), read(england, "/councils/BUC")
    assert old["dissolved_on"] == new["vested_on"] == "2020-04-01"
    assert old["inspections"] and new["inspections"]
    assert all(inspection["on_site"]["latest"] < "2020-04-01" for inspection in old["inspections"])
    assert all(
        (inspection["on_site"] or inspection["report_published"])["earliest"] >= "2020-04-01"
        for inspection in new["inspections"]
    )
    assert [successor["id"] for successor in old["successors"]] == ["BUC"]
    assert "BKM" in [predecessor["id"] for predecessor in new["predecessors"]]
    (change,) = old["changed_by"]
    assert change["happened_on"] == "2020-04-01" and change["order"]["id"] == "uksi/2019/957"


@pytest.mark.parametrize("code", ["NTH", "NNT", "WNT"])
def test_northamptonshire_is_one_story(england: TestClient, code: str) -> None:
    """The old council and both successors tell one course of events across April 2021."""
    listed = read(england, f"/councils/{code}/events?limit=1000")["items"]
    events = [event for event in listed if event["time"]["earliest"] or event["time"]["latest"]]
    days = [event["time"]["earliest"] or event["time"]["latest"] for event in events]
    assert days == sorted(days) and listed[: len(events)] == events
    changes = [event for event in events if event["kind"] == "reorganisation"]
    assert [change["time"]["words"] for change in changes] == ["2021-04-01"]
    assert changes[0]["thing"]["id"] == "northamptonshire-2021"
    ended = [event for event in events if event["time"]["latest"]]
    before = {event["council"]["id"] for event in ended if event["time"]["latest"] < "2021-04-01"}
    begun = [event for event in events if event["time"]["earliest"]]
    after = [event for event in begun if event["time"]["earliest"] > "2021-04-01"]
    assert before == {"NTH"}
    whose = {event["council"]["id"]: event["whose"] for event in events}
    assert whose[code] == "own"
    if code == "NTH":
        assert {successor["whose"] for successor in after} == {"successor"}
        assert {successor["council"]["id"] for successor in after} == {"NNT", "WNT"}
    else:
        assert whose["NTH"] == "predecessor"
        assert {successor["council"]["id"] for successor in after} == {code}
    acts = {event["thing"]["id"] for event in events if event["kind"] == "act"}
    assert {"NTH-2013-01", "NTH-2018-01", "NTH-2018-02"} <= acts


def test_events_lead_to_their_claims_and_say_how_exact_they_are(england: TestClient) -> None:
    """Each event has words, bounds, a precision, and a link that answers."""
    events = read(england, "/councils/NTH/events?limit=1000")["items"]
    assert len({event["id"] for event in events}) == len(events)
    for event in events:
        assert (event["time"]["words"] is None) == (event["precision"] == "no day is known")
        assert (event["claims"] is None) == (event["kind"] == "reorganisation")
        if event["claims"]:
            assert read(england, event["claims"])["total"] > 0
    vague = [event for event in events if event["time"]["words"] == "April 2016"]
    assert [item["precision"] for item in vague] == ["between two days"]


def test_events_have_every_format_and_pages(england: TestClient) -> None:
    """JSON, CSV, RDF and a page; following the links gives every event once."""
    whole = identifiers(england, "/councils/NTH/events?limit=1000")
    rows = list(
        csv.DictReader(io.StringIO(england.get("/councils/NTH/events.csv?limit=1000").text))
    )
    assert [row["id"] for row in rows] == whole and rows[0]["council"] == "NTH"
    assert {"time_words", "time_earliest", "time_latest", "precision"} <= rows[0].keys()
    turtle = england.get("/councils/NTH/events.ttl").content
    assert len(list(ox.parse(turtle, ox.RdfFormat.TURTLE))) > 100
    found: list[str] = []
    following: str | None = "/councils/NTH/events?limit=4"
    while following:
        body = read(england, following)
        found += [item["id"] for item in body["items"]]
        following = body["next"]
    assert found == whole


def test_a_council_page_tells_history_story_and_gaps(england: TestClient) -> None:
    """What an officer reads: how the council came to be, what happened, what nobody has read."""
    text = england.get("/councils/NTH.html").text
    for words in (
        "The Northamptonshire (Structural Changes) Order 2020",
        "North Northamptonshire Council",
        "Events, newest first",
        "What was read, and what was not",
        "nobody has looked",
        '(<a href="/id/council/NNT">North Northamptonshire Council</a>',
        "spending beyond means",
    ):
        assert words in text, words
    district = england.get("/councils/KET.html").text
    assert "A district within" in district and "Northamptonshire County Council" in district


def test_inspections_of_a_council_come_newest_first_with_every_judgement(
    england: TestClient,
) -> None:
    """Each judgement has a grade or the reason why there is none, and the row it was read from."""
    inspections = read(england, "/councils/BIR")["inspections"]
    days = [one["on_site"]["latest"] for one in inspections]
    assert len(days) > 2 and days == sorted(days, reverse=True)
    judgements = [judgement for inspection in inspections for judgement in inspection["judgements"]]
    assert all(
        (judgement["grade"] is None) != (judgement["not_judged"] is None)
        for judgement in not_empty(judgements)
    )
    assert any(inspection["areas_not_judged"] for inspection in inspections)
    places = [source["place"] for judgement in judgements for source in judgement["sources"]]
    assert places and all(place["row"] and place["column"] for place in places)
    text = england.get("/councils/BIR.html").text
    assert re.search(r"not judged: <a href=\"/scheme/not-judged-reason/[a-z-]+\">", text)


def test_claims_of_a_table_have_row_column_and_cell(england: TestClient) -> None:
    """The place of a claim in a table is its row, and the words are those of the cell."""
    claims = read(england, "/claims?document=ofsted-history&limit=200")["items"]
    for claim in claims:
        assert claim["place"]["row"] and claim["place"]["column"]
        assert claim["place"]["characters"] is None
    assert any(claim["words"] for claim in claims)


def test_only_of_slots_other_layers_say_more(england: TestClient) -> None:
    """So what the default graph tells of any other thing that it describes is all there is."""
    more = """PREFIX ci: <https://w3id.org/council-interventions/ns#>
    SELECT DISTINCT ?class WHERE {
      GRAPH ?layer { ?thing ?property ?value }
      ?thing a ?class .
      FILTER NOT EXISTS { ?thing ?property ?value }
    }"""
    told = england.get("/sparql", params={"query": more}, headers={"Accept": "text/csv"})
    assert told.text.split() == ["class", "https://w3id.org/council-interventions/ns#Slot"]
