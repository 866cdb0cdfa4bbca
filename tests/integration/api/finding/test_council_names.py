"""Whatever people write for a council is taken wherever one is asked for, or refused with help."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.fixtures.shared import small_inputs

EXPECTED = {
    "q-ampersand-for-and": ["WAF"],
    "q-spaces-for-hyphens": ["SOS"],
    "authorities-q-area-code": ["EMCA"],
}


def identifiers(client: TestClient, address: str) -> list[str]:
    """Return the identifiers of a list."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


@pytest.mark.parametrize(
    "name",
    [
        "nfk",
        "Norfolk",
        "norfolk county council",
        "Norfolk CC",
        "E10000020",
        "80418",
        "926",
        "Norfollk",
    ],
)
@pytest.mark.parametrize("path", ["directions", "commissioners", "coverage", "requirements"])
def test_a_filter_takes_any_name_of_a_council(client: TestClient, path: str, name: str) -> None:
    """The answer is that for the code."""
    by_code = client.get(f"/{path}", params={"council": "NFK"}).json()
    by_name = client.get(f"/{path}", params={"council": name}).json()
    assert by_code["total"] and by_name["items"] == by_code["items"]
    assert by_name["coverage"] == by_code["coverage"]


def test_a_day_says_which_council_a_name_means(client: TestClient) -> None:
    """The county council of 2018 is found; of 2022 both councils in its place are offered."""
    asked = client.get("/directions", params={"council": "Northamptonshire, 2018"}).json()
    assert {item["council"]["id"] for item in asked["items"]} == {"NTH"}
    refused = client.get("/directions", params={"council": "Northamptonshire, 2022"})
    assert refused.status_code == 400 and refused.json()["accepted"] == ["NNT", "WNT"]
    assert "West Northamptonshire Council (WNT)" in refused.json()["detail"]


def test_a_question_of_the_catalogue_takes_any_name(client: TestClient) -> None:
    """What was understood is told by the code."""
    by_name = client.get("/queries/directions_of_council", params={"council": "worcs"}).json()
    by_code = client.get("/queries/directions_of_council", params={"council": "WOR"}).json()
    assert by_name["given"] == {"council": "WOR"} and by_name["items"] == by_code["items"] != []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("/councils/nfk", "/councils/NFK"),
        ("/councils/Norfolk.ttl", "/councils/NFK.ttl"),
        ("/councils/St. Helens", "/councils/SHN"),
        ("/councils/80418/events?limit=5", "/councils/NFK/events?limit=5"),
        ("/councils/WMCA", "/authorities/WMCA"),
        ("/authorities/wmca", "/authorities/WMCA"),
        ("/authorities/West Midlands/events", "/authorities/WMCA/events"),
        ("/authorities/NFK", "/councils/NFK"),
    ],
)
def test_an_address_with_another_name_leads_to_the_code(
    client: TestClient, asked: str, found: str
) -> None:
    """One council has one address."""
    answer = client.get(asked)
    assert (answer.status_code, answer.headers["location"]) == (308, found)
    assert client.get(found).status_code == 200


@pytest.mark.parametrize("name", ["80442", "Buckinghamshire", "Buckinghamshire/events"])
def test_an_address_that_may_mean_several_offers_them(client: TestClient, name: str) -> None:
    """A number or name that two councils have borne leads to neither."""
    answer = client.get(f"/councils/{name}", headers={"accept": "application/json"})
    assert answer.status_code == 404
    assert set(answer.json()["accepted"]) == {"BUC", "BKM"}
    assert "may mean several councils" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/councils?q=westmorland and furness", ["WAF"]),
        ("/councils?q=SouthendOnSea", ["SOS"]),
        ("/councils?q=RBKC", ["KEC"]),
        ("/councils?q=80418", ["NFK"]),
        ("/councils?q=birmingam", ["BIR"]),
        ("/councils?q=Atlantis", []),
        ("/authorities?q=west midland", ["WMCA"]),
    ],
)
def test_lists_are_searched_by_any_name(client: TestClient, address: str, found: list[str]) -> None:
    """Hyphens, spaces, signs and slips do not count."""
    assert identifiers(client, address) == found


def test_cases_of_others_are_right(client: TestClient) -> None:
    """Each is an address and what it should list."""
    cases = small_inputs(*EXPECTED)
    assert {case.name for case in cases} == set(EXPECTED)
    for case in cases:
        assert identifiers(client, read_address(case)) == EXPECTED[case.name], case.name


def read_address(case: Path) -> str:
    """Return the address of a case."""
    return (case / "request.txt").read_text(encoding="utf-8").strip()
