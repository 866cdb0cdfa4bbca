"""The acts on the national release: notices, reports, transfers, interventions and filters."""

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from tests.fixtures.guards import not_empty
from tests.fixtures.pages import identifiers, read


@pytest.mark.parametrize(
    ("kind", "path", "local", "keys"),
    [
        ("notice", "notices", "HAL-2022-01", {"signed", "planned_end", "replaces", "stage"}),
        ("section-114-report", "section-114-reports", "NTH-2018-01", {"dated", "grounds"}),
        ("transfer", "transfers", "DNC-2014-01", {"delivery_models", "happened", "ended"}),
        ("intervention", "interventions", "direction-NTH-2013-01", {"steps", "ending"}),
        ("authority", "authorities", "NECA", {"name", "councils", "predecessors"}),
        ("document", "documents", "ofsted-history", {"source_kind", "address", "tier"}),
    ],
)
def test_each_thing_has_one_address(
    england: TestClient, kind: str, path: str, local: str, keys: set[str]
) -> None:
    """The identifier leads by 303 to the page or data of the thing, in the format asked for."""
    answer = england.get(f"/id/{kind}/{local}.ttl")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{path}/{local}.ttl")
    assert list(ox.parse(england.get(f"/{path}/{local}.ttl").content, ox.RdfFormat.TURTLE))
    body = read(england, f"/{path}/{local}")
    assert (
        body["id"] == local
        and set(not_empty(keys)) <= body.keys()
        and body["coverage"]["statement"]
    )
    assert england.get(f"/{path}/{local}.html").status_code == 200
    for link in (body["claims"], body.get("says")):
        assert link is None or read(england, link)["total"] > 0


def test_notices_by_kind_and_office(england: TestClient) -> None:
    """The two kinds of notices are told apart, and both are no directions."""
    improvement = read(england, "/notices?kind=improvement-notice&limit=1000")["items"]
    best_value = read(england, "/notices?kind=best-value-notice&limit=1000")["items"]
    assert {notice["kind"] for notice in improvement} == {"ImprovementNotice"}
    assert {notice["kind"] for notice in best_value} == {"BestValueNotice"}
    both = identifiers(england, "/notices?limit=1000")
    assert len(both) == len(improvement) + len(best_value)
    by_office = read(england, "/notices?issued_by=sos-education&limit=1000")["items"]
    assert set(not_empty(notice["kind"] for notice in by_office)) <= {"ImprovementNotice"}


def test_section_114_reports_by_council_and_day(england: TestClient) -> None:
    """Nottingham's first is of 15 December 2021; a plan of bounds decides on vague days."""
    assert identifiers(england, "/section-114-reports?council=NGM") == [
        "NGM-2021-01",
        "NGM-2023-01",
    ]
    first = read(england, "/section-114-reports/NGM-2021-01")
    assert first["dated"]["earliest"] == "2021-12-15"
    early = read(england, "/section-114-reports?to=2002-11-15")["items"]
    assert [report["council"]["id"] for report in early][-1] == "MIK"


def test_transfers_by_model(england: TestClient) -> None:
    """Doncaster's trust ended; its end is stated and not the start of another."""
    trusts = read(england, "/transfers?model=trust")["items"]
    doncaster = next(trust for trust in trusts if trust["council"]["id"] == "DNC")
    assert doncaster["happened"]["earliest"] < doncaster["ended"]["earliest"]


def test_a_planned_end_is_no_end(england: TestClient) -> None:
    """The direction of 2018 was planned to end in March 2021; no source says that it did."""
    direction = read(england, "/directions/NTH-2018-01")
    assert direction["planned_end"]["earliest"] == "2021-03-01" and direction["ended"] is None
    events = read(england, "/councils/NTH/events?limit=1000")["items"]
    planned = [event for event in events if event["kind"] == "planned end of act"]
    assert "NTH-2018-01" in [step["thing"]["id"] for step in planned]


def test_interventions_have_steps_in_order_with_reasons(england: TestClient) -> None:
    """Northamptonshire's course in children's services: directions, then the council ended."""
    found = read(england, "/interventions?council=NTH&regime=childrens-services")["items"]
    assert [event["id"] for event in found] == ["direction-NTH-2013-01"]
    steps = found[0]["steps"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert [step["act"]["id"] for step in steps][:2] == ["NTH-2013-01", "NTH-2018-02"]
    assert all(step["stage"] and step["explanation"] and step["link_certainty"] for step in steps)
    assert found[0]["ending"] == "council-dissolved"
    assert {council["id"] for council in found[0]["successor_councils"]} == {"NNT", "WNT"}
    assert "direction-NTH-2013-01" in [
        intervention["id"]
        for intervention in read(england, "/directions/NTH-2018-02")["interventions"]
    ]


def test_interventions_under_way_are_certain_or_possible(england: TestClient) -> None:
    """A stated end makes it certain; an act without one proves nothing; none outlives a council."""
    body = read(england, "/interventions?under_way_on=2018-06-01&limit=1000")
    certainty = {item["id"]: item["certainty"] for item in body["items"]}
    assert certainty["direction-ROT-2015-01"] == "certain"
    assert certainty["direction-NTH-2013-01"] == "possible"
    assert (
        all(item["because"] for item in not_empty(body["items"])) and body["as_of"] == "2018-06-01"
    )
    assert body["cut_off_date"]
    assert identifiers(england, "/interventions?under_way_on=2021-04-01&council=NTH") == []
    assert identifiers(england, "/interventions?under_way_on=2013-10-01&council=NTH") == []


def test_interventions_by_stage(england: TestClient) -> None:
    """A stage that an intervention reached finds it, and the wider stage does too."""
    wide = set(identifiers(england, "/interventions?stage=direction&limit=1000"))
    narrow = set(
        identifiers(england, "/interventions?stage=direction-with-commissioner&limit=1000")
    )
    assert narrow and narrow < wide


def test_the_start_page_counts_the_release(england: TestClient) -> None:
    """Councils, authorities, inspections, judgements, acts and people, each with its number."""
    counts = read(england, "/")["counts"]
    assert (counts["councils"], counts["authorities"]) == (365, 16)
    for path in ("inspections", "directions", "notices", "section-114-reports", "interventions"):
        assert counts[path] == read(england, f"/{path}?limit=1")["total"], path
    both = counts["judgements-graded"] + counts["judgements-not-judged"]
    assert both == read(england, "/judgements?limit=1")["total"]


def test_filters_find_the_same_by_two_ways(england: TestClient) -> None:
    """What a filter finds is what the whole list holds of it."""
    whole = read(england, "/inspections?limit=1000")["items"]
    named = identifiers(england, "/inspections?from=2018-01-01&to=2018-12-31&limit=1000")
    by_hand = {
        item["id"]
        for item in whole
        for time in (item["on_site"], item["report_published"], item["letter_dated"])
        if time
        and (time["latest"] or "") >= "2018-01-01"
        and (time["earliest"] or "9") <= "2018-12-31"
    }
    assert set(named) == by_hand
    inadequate = identifiers(england, "/inspections?grade=inadequate&limit=1000")
    assert set(inadequate) == {
        item["id"]
        for item in whole
        if any(judgement["grade"] == "inadequate" for judgement in item["judgements"])
    }
    councils = set(identifiers(england, "/councils?grade=inadequate&limit=1000"))
    assert councils == {item["council"]["id"] for item in whole if item["id"] in set(inadequate)}


def test_a_council_stands_in_its_authority_of_today(england: TestClient) -> None:
    """The authorities of the North East ended on 7 May 2024; the old membership keeps its day."""
    council = read(england, "/councils/GAT")
    assert [one["id"] for one in council["constituent_of"]] == ["NNECA"]
    days = {one["authority"]["id"]: (one["from"], one["until"]) for one in council["memberships"]}
    assert days == {"NECA": (None, "2024-05-07"), "NNECA": ("2024-05-07", None)}
    page = england.get("/councils/GAT", headers={"Accept": "text/html"}).text
    assert "North East Mayoral Combined Authority</a> since 7 May 2024<" in " ".join(page.split())
    assert "North East Combined Authority</a> until 7 May 2024<" in " ".join(page.split())
    old, new = (read(england, f"/authorities/{code}") for code in ("NECA", "NNECA"))
    assert (old["councils"], len(old["memberships"]), len(new["councils"])) == ([], 4, 7)
    assert [one["id"] for one in new["predecessors"]] == ["NECA", "NTCA"]


def test_a_combined_authority_is_asked_for_as_a_council_is(england: TestClient) -> None:
    """Its notices, its course of action and its events are found by its code of four letters."""
    notices = identifiers(england, "/notices?council=CPCA")
    assert notices == ["CPCA-2023-01", "CPCA-2024-01"]
    assert identifiers(england, "/interventions?council=CPCA") == ["notice-CPCA-2023-01"]
    authority = read(england, "/authorities/CPCA")
    assert identifiers(england, authority["notices"]) == notices
    events = read(england, authority["events"])["items"]
    assert next(event["thing"]["id"] for event in not_empty(events)) == "CPCA-2023-01"
    assert {event["council"]["id"] for event in events} == {"CPCA"}
    page = england.get("/authorities/CPCA/events.html").text
    assert 'href="/authorities/CPCA"' in page


@pytest.mark.parametrize(
    ("path", "accepted"),
    [
        ("/authorities/QQQQ/events", "CPCA"),
        ("/notices?council=Cambridgeshire+and+Peterboro+Mayor", "CPCA"),
        ("/notices?council=QQQQ", "register code of a council"),
    ],
)
def test_an_authority_that_nobody_knows(england: TestClient, path: str, accepted: str) -> None:
    """What is no authority is named with those that are, the nearest, or what is expected."""
    answer = england.get(path, headers={"accept": "application/json"})
    assert answer.status_code in (400, 404)
    assert accepted in answer.json()["accepted"], answer.json()


def test_a_story_has_letters_announcements_and_reports(england: TestClient) -> None:
    """What leads to an act stands in the story of the council, in the order of the days."""
    events = read(england, "/councils/TWH/events?limit=1000")["items"]
    told = [(event["kind"], event["thing"]["id"]) for event in not_empty(events)]
    letter = told.index(("minded-to letter", "TWH-2024-01"))
    act = told.index(("act", "TWH-2025-01"))
    assert told.index(("inspection announced", "TWH-2024-02")) < letter < act
    assert ("report", "twh-best-value-envoy-report-1") in told[act:]


def test_planning_is_a_regime_of_its_own(england: TestClient) -> None:
    """A designation is a course in planning, and no direction on a local plan is in best value."""
    planning = identifiers(england, "/interventions?regime=planning&limit=1000")
    assert {"designation-CHO-2023-01", "direction-AMB-2023-01"} <= set(not_empty(planning))
    best_value = identifiers(england, "/interventions?regime=best-value&limit=1000")
    assert not set(planning) & set(not_empty(best_value))


@pytest.mark.parametrize("stage", ["notice", "direction-with-commissioner", "informal"])
def test_who_was_under_intervention_can_be_asked_by_stage(england: TestClient, stage: str) -> None:
    """Each stage is answered, and those at it are among all of that day."""
    path = "/under-intervention?on=2018-06-01&limit=1000"
    every = {item["id"] for item in read(england, path)["items"]}
    at_stage = {item["id"] for item in read(england, f"{path}&stage={stage}")["items"]}
    assert at_stage and at_stage < every


@pytest.mark.parametrize("day", ["2012-06-01", "2018-01-01", "2022-01-01", "2026-11-28"])
def test_a_council_with_a_direction_in_force_is_at_that_stage(
    england: TestClient, day: str
) -> None:
    """Whoever was sent under it, and whether or not the service was moved or had come back."""
    asked = read(england, f"/queries/directions_in_force.json?day={day}")
    directed = {row["council"].rpartition("/")[2] for row in not_empty(asked["items"])}
    path = f"/under-intervention?on={day}&stage=direction&limit=1000"
    at_stage = {item["council"]["id"] for item in read(england, path)["items"]}
    assert directed <= at_stage


def test_what_went_furthest_on_a_day_is_the_stage_of_that_day(england: TestClient) -> None:
    """Panels that gave way to commissioners are no longer what the council stands at."""
    path = "/under-intervention?on=2026-11-28&regime=best-value&limit=1000"
    furthest = {
        item["council"]["id"]: item["stage_on_day"] for item in read(england, path)["items"]
    }
    assert furthest["CRY"] == furthest["NGM"] == "direction-with-commissioner"
    for stage in not_empty(set(filter(None, furthest.values()))):
        shown = read(england, f"{path}&stage={stage}")["items"]
        narrow = {item["council"]["id"] for item in shown if item["stage_on_day"] == stage}
        assert narrow == {council for council, one in furthest.items() if one == stage}


@pytest.mark.parametrize(
    ("asked", "regime", "certainty", "stage"),
    [
        ("council=BRD&stage=direction", "childrens-services", "possible", "functions-moved"),
        ("council=CRY&stage=informal", "best-value", "not-at-stage", "direction-with-commissioner"),
        ("council=BUR&stage=notice", "send", "not-at-stage", None),
        ("council=BUR&stage=notice", "childrens-services", "ended", None),
        ("council=BRD&stage=notice", "planning", "none-known", None),
    ],
)
def test_of_one_council_another_stage_is_told_and_not_denied(
    england: TestClient, asked: str, regime: str, certainty: str, stage: str | None
) -> None:
    """By the list, its page and the question; nothing is called unknown that is known."""
    path = f"/under-intervention?on=2026-11-28&regime={regime}&{asked}"
    (item,) = read(england, path)["items"]
    assert (item["certainty"], item["stage_on_day"]) == (certainty, stage)
    is_apart = certainty == "not-at-stage"
    assert item["because"].startswith("Not known at the stage") is is_apart
    question = f"/queries/under_intervention.json?day=2026-11-28&regime={regime}&{asked}"
    rows = read(england, question)["items"]
    assert [(row["certainty"], row["because"]) for row in rows] == [
        (certainty, item["because"]) for _ in rows if certainty != "none-known"
    ]
    assert bool(rows) is (certainty != "none-known")
    page = england.get(path.replace("?", ".html?")).text
    assert ("Not at that stage: 1" in page) is is_apart


def test_a_question_takes_a_kind_of_act(england: TestClient) -> None:
    """Over HTTP as on the command line; another word is refused with the kinds that there are."""
    path = "/queries/acts_in_force_on_day.csv?day=2024-10-08&regime=best-value&kind="
    assert len(england.get(path + "direction").text.splitlines()) > 5
    wrong = england.get(path + "decree")
    assert wrong.status_code == 400 and "expected kind of act" in wrong.json()["detail"]
    assert "direction" in wrong.json()["detail"].partition("one of: ")[2]
