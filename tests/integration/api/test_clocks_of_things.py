"""One thing, and one council, as it was on a day and as it was known on another."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.fixtures.guards import not_empty, replaced
from tests.fixtures.pages import read, read_page

NEWER = "2030-01-01"
SECTIONS = {
    "directions": "directions",
    "interventions": "interventions",
    "inspections": "inspections",
    "notices": "notices",
    "financial_support": "financial-support",
    "posts": "commissioners",
}


def problem(england: TestClient, path: str) -> dict[str, Any]:
    """Return why there is nothing at an address on the days that it names."""
    found = england.get(path, headers={"Accept": "application/json"})
    assert found.status_code == 404, (path, found.status_code)
    assert found.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = found.json()
    return told


def first_known(england: TestClient, reference: str) -> str:
    """Return the day from which on a thing was known."""
    query = f"SELECT ?since {{ <https://w3id.org/council-interventions/id/{reference}> "
    query += "<https://w3id.org/council-interventions/ns#knownFrom> ?since }"
    found = england.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
    return found.text.split()[-1]


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("directions", "direction", "NFK-2016-02"),
        ("directions", "direction", "WOR-2017-02"),
        ("interventions", "intervention", "childrens-services-NFK-2013-01"),
    ],
)
def test_a_thing_is_there_from_the_day_on_which_it_was_known(
    england: TestClient, path: str, kind: str, name: str
) -> None:
    """The day before it is not found, in words that tell the day; then it is as in its list."""
    listed = {item["id"] for item in read(england, f"/{path}?limit=1000")["items"]}
    name = name if name in listed else next(one for one in sorted(listed) if "NFK" in one)
    since = first_known(england, f"{kind}/{name}")
    before = (date.fromisoformat(since) - timedelta(1)).isoformat()
    told = problem(england, f"/{path}/{name}?known_at={before}")
    assert "was not known by then" in told["detail"] and since in told["detail"]
    then = read(england, f"/{path}/{name}?known_at={since}")
    assert then["known_at"] == since
    items = read(england, f"/{path}?known_at={since}&limit=1000")["items"]
    (item,) = [one for one in items if one["id"] == name]
    assert {key: then[key] for key in item} == item
    today = read(england, f"/{path}/{name}")
    assert len(then["stated_by"]) <= len(today["stated_by"])
    assert then["claims"] is None
    later = read(england, f"/{path}/{name}?known_at={NEWER}")
    assert {k: v for k, v in later.items() if k != "known_at"} == today


def test_a_thing_has_the_certainty_that_its_list_tells(england: TestClient) -> None:
    """What was so on a day tells how certain that is; what was not is not found."""
    clocks = "as_of=2018-01-01&known_at=2019-01-01"
    items = read(england, f"/directions?{clocks}&limit=1000")["items"]
    for item in not_empty(items[:5]):
        then = read(england, f"/directions/{item['id']}?{clocks}")
        assert {key: then[key] for key in item} == item
        assert then["certainty"] and then["because"]
    told = problem(england, f"/directions/{items[0]['id']}?as_of=1990-01-01&known_at=2019-01-01")
    assert "was not so on 1990-01-01" in told["detail"] and "2019-01-01" in told["detail"]


def test_an_answer_as_known_is_a_memento(england: TestClient) -> None:
    """Its headers tell the day and the address of today; claims of today are not shown with it."""
    path = "/directions/WOR-2017-02?known_at=2018-06-01"
    found = england.get(path, headers={"Accept": "application/json"})
    assert found.headers["Memento-Datetime"] == "Fri, 01 Jun 2018 23:59:59 GMT"
    assert '</directions/WOR-2017-02>; rel="original"' in found.headers["Link"]
    refused = england.get(f"{path}&with=claims", headers={"Accept": "application/json"})
    assert refused.status_code == 400
    assert read_page(england, path)


@pytest.mark.parametrize("known_at", ["2014-06-01", "2017-06-01"])
def test_a_council_shows_what_was_known(england: TestClient, known_at: str) -> None:
    """Each part has the items of its list; no document that speaks of them is of a later day."""
    council = read(england, f"/councils/NFK?known_at={known_at}")
    today = read(england, "/councils/NFK")
    assert len(not_empty(council["inspections"])) < len(today["inspections"])
    for key in ("directions", "interventions", "financial_support"):
        listed = read(england, f"/{SECTIONS[key]}?council=NFK&known_at={known_at}")["items"]
        assert [one["id"] for one in council[key]] == [one["id"] for one in listed]
    days = {
        one["id"]: one["published"] or one["dated"]
        for one in read(england, "/documents?limit=1000")["items"]
    }
    told = [one["id"] for act in council["inspections"] for one in act["stated_by"]]
    for document in not_empty(told):
        day = days.get(document)
        assert day is None or day["earliest"] <= known_at, document
    assert council["discrepancies"] == []
    page = england.get(f"/councils/NFK?known_at={known_at}", headers={"Accept": "text/html"})
    assert "Shown as known" in page.text


def test_a_council_is_found_on_the_days_of_its_life(england: TestClient) -> None:
    """Before a council began there is nothing at its address, and after its end neither."""
    assert (
        "was not there on 2018-01-01"
        in problem(england, "/councils/WNT?as_of=2018-01-01")["detail"]
    )
    assert "until 2021-04-01" in problem(england, "/councils/NTH?as_of=2022-01-01")["detail"]
    then = read(england, "/councils/NTH?as_of=2018-06-01")
    assert then["as_of"] == "2018-06-01"
    for inspection in not_empty(then["inspections"]):
        times = [inspection[key] for key in ("on_site", "report_published", "letter_dated")]
        days = [time["earliest"] or time["latest"] for time in times if time]
        assert min(filter(None, days), default="0") <= "2018-06-01"
    in_force = read(england, "/directions?council=NTH&as_of=2018-06-01")["items"]
    assert [one["id"] for one in then["directions"]] == [one["id"] for one in in_force]


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/directions?council=WOR&", "/directions/WOR-2017-02?"),
        ("/councils?q=norfolk&", "/councils/NFK?"),
        ("/interventions?council=WOR&", "/interventions/"),
        ("/councils/WOR?", "/directions/WOR-2017-02?"),
    ],
)
def test_links_of_a_page_keep_the_days(england: TestClient, path: str, link: str) -> None:
    """What a page for two days lists leads to the thing on these days, and to other formats."""
    days = "as_of=2018-01-01&known_at=2018-06-01"
    page = read_page(england, f"{path}{days}")
    links = [one["href"] or "" for one in page.all("a")]
    kept = [one for one in links if one.startswith(link) and one.endswith(days)]
    for one in not_empty(kept):
        assert england.get(one, headers={"Accept": "application/json"}).status_code == 200
    assert [one for one in links if ".json?" in one and one.endswith(days)]
    first = read(england, f"/directions.json?{days}&limit=2")
    assert days in first["next"]


@pytest.mark.parametrize("clocks", ["known_at=2018-12-31", "as_of=2018-06-30&known_at=2018-12-31"])
def test_a_list_says_how_many_it_leaves_out(england: TestClient, clocks: str) -> None:
    """What is known today and was not then is counted, and said on the page: nothing is hidden."""
    then = read(england, f"/directions?{clocks}&limit=1000")
    today = read(england, f"/directions?{replaced(clocks, '2018-12-31', NEWER)}&limit=1000")
    assert today["known_later"] == 0
    names = {item["id"] for item in not_empty(then["items"])}
    later = {item["id"] for item in today["items"]} - names
    assert then["known_later"] == len(not_empty(later))
    page = england.get(f"/directions.html?{clocks}").text
    assert f"{len(later)} more of which we know today are not shown" in page
