"""Statutes and provisions: what each is, and what it was used for."""

import pytest
from starlette.testclient import TestClient

from tests.fixtures.guards import not_empty

POWER = "ukpga/1996/56/section/497A/4B"
RANGE = "children-act-1989-23c-to-24d"


def test_a_power_tells_the_directions_made_under_it(client: TestClient) -> None:
    """The list of directions by power and the power itself name the same."""
    one = client.get(f"/provisions/{POWER}").json()
    assert one["statute"]["id"] == "ukpga/1996/56" and one["kind"] == "DirectionPower"
    assert one["part_of"]["id"] == "ukpga/1996/56/section/497A"
    made = client.get(f"/directions?power={POWER}").json()["items"]
    used = [use["id"] for use in one["used_by"] if use["kind"] == "direction"]
    assert sorted(used) == sorted(item["id"] for item in not_empty(made))


def test_a_statute_tells_what_was_done_under_its_provisions(client: TestClient) -> None:
    """A direction under section 497A is one under the Education Act 1996."""
    statute = client.get("/statutes/ukpga/1996/56").json()
    assert (statute["name"], statute["year"]) == ("Education Act 1996", "1996")
    assert POWER in [part["id"] for part in statute["provisions"]]
    assert "WOR-2017-02" in [use["id"] for use in statute["used_by"]]


def test_provisions_are_chosen_by_statute_and_council(client: TestClient) -> None:
    """Each filter leaves fewer, and those it names."""
    everything = client.get("/provisions").json()["total"]
    of_statute = client.get("/provisions?statute=ukpga/1996/56").json()
    assert 0 < of_statute["total"] < everything
    assert {item["statute"]["id"] for item in of_statute["items"]} == {"ukpga/1996/56"}
    of_council = client.get("/provisions?council=NFK").json()
    for item in not_empty(of_council["items"]):
        below = client.get(f"/directions?council=NFK&power={item['id']}").json()
        assert below["total"] > 0


def test_every_provision_that_is_referred_to_has_a_page(client: TestClient) -> None:
    """Whoever follows a power, a duty or a function of a direction finds it here."""
    directions = client.get("/directions?limit=1000").json()["items"]
    named = {
        reference["id"]
        for item in directions
        for key in ("powers", "applied_by", "functions_in_scope")
        for reference in item[key]
        if reference["kind"] == "provision"
    }
    for name in not_empty(sorted(named)):
        assert client.get(f"/provisions/{name}.html").status_code in (200, 308), name


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/provisions/ukpga/1996/56.json?fields=name", "/statutes/ukpga/1996/56.json?fields=name"),
        (f"/id/provision/{RANGE}", f"/provisions/{RANGE}"),
    ],
)
def test_another_address_leads_there(client: TestClient, address: str, target: str) -> None:
    """A statute is no provision of itself, and a range of sections is a thing of ours."""
    assert client.get(address).headers["location"] == target


@pytest.mark.parametrize("address", ["/statutes/ukpga/1996/57", "/provisions/ukpga/1996/56/x"])
def test_what_the_record_does_not_name_is_not_found(client: TestClient, address: str) -> None:
    """The answer says what there is."""
    answer = client.get(address)
    assert answer.status_code == 404 and answer.json()["accepted"]
