"""Whatever people write for a council is taken wherever one is asked for, or refused with help."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.fixtures.shared import small_inputs
from tests.integration.api.test_errors import assert_problem

JSON = {"accept": "application/json"}

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
    assert "had ended by 2022: Northamptonshire County Council (NTH" in refused.json()["detail"]


DAYS = {
    "/directions?council={}&in_force_on={}": 400,
    "/directions?council={}&as_of={}": 400,
    "/interventions?council={}&under_way_on={}": 400,
    "/under-intervention?council={}&on={}": 400,
    "/queries/under_intervention?council={}&day={}": 400,
    "/queries/acts_as_known?council={}&as_of={}&known_at=2026-01-01": 400,
    "/councils/{}?as_of={}": 404,
    "/directions?council={}, {}": 400,
    "/councils/{}, {}": 404,
}
"""Every door by which a council is named, with a day, and how it refuses a name."""


@pytest.mark.parametrize("door", DAYS)
@pytest.mark.parametrize(
    ("name", "day", "code"),
    [
        ("Buckinghamshire", "2018-01-01", "BKM"),
        ("Buckinghamshire", "2022-01-01", "BUC"),
        ("Northamptonshire", "2018-06-01", "NTH"),
        ("Somerset", "2024-01-01", "SMT"),
    ],
)
def test_a_name_means_the_council_of_the_day(
    client: TestClient, door: str, name: str, day: str, code: str
) -> None:
    """The day of the name, or of the question; a code means one council on every day."""
    by_name = client.get(door.format(name, day), follow_redirects=True)
    by_code = client.get(door.partition(", {}")[0].format(code, day), follow_redirects=True)
    assert by_name.status_code == by_code.status_code == 200, by_name.text
    assert by_name.json().get("items") == by_code.json().get("items")
    assert by_name.json().get("id") == by_code.json().get("id")


@pytest.mark.parametrize("door", DAYS)
@pytest.mark.parametrize(
    ("name", "day", "after"),
    [("Northamptonshire", "2022-06-01", ["NNT", "WNT"]), ("Bournemouth", "2022-06-01", ["BPC"])],
)
def test_the_councils_after_one_that_had_ended_are_named(
    client: TestClient, door: str, name: str, day: str, after: list[str]
) -> None:
    """No answer is that of another council than was asked for."""
    told = assert_problem(client.get(door.format(name, day), headers=JSON), DAYS[door])
    assert told["accepted"] == after
    assert f"had ended by {day}" in told["detail"] and f"{name} " in told["detail"]


def test_a_list_for_today_takes_a_name_as_of_today(client: TestClient) -> None:
    """The day that is asked about is told nowhere; who asks for the day of a name gives it."""
    assert client.get("/under-intervention?council=Buckinghamshire").status_code == 200
    told = client.get("/under-intervention?council=Northamptonshire").json()
    assert told["accepted"] == ["NNT", "WNT"]
    assert client.get("/under-intervention?council=Northamptonshire, 2018").status_code == 200


def test_of_two_days_that_of_the_name_says_whom_it_means(client: TestClient) -> None:
    """The other is the day of the question."""
    asked = "/under-intervention?council=Northamptonshire, 2018&on=2022-06-01"
    assert (
        client.get(asked).json()["items"]
        == [
            item
            for item in client.get("/under-intervention?council=NTH&on=2022-06-01").json()["items"]
            if item["council"]["id"] == "NTH"
        ]
        != []
    )


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
        ("/councils?q=Northamptonshire, 2018", ["ENO", "NTH", "SNR"]),
        ("/councils?q=Northamptonshire, 2022", ["NNT", "WNT"]),
        ("/councils?q=Buckinghamshire, 2022-01-01", ["BUC"]),
        ("/councils?q=Bournemouth 2022", ["BPC"]),
        ("/councils?q=Taunton Deane (2020)", ["SWT"]),
        ("/councils?q=Atlantis, 2018", []),
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
