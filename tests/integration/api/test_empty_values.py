"""A parameter without a value is told to a program, and left out of what a page's form sends."""

from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from api.views.lists import BY_PATH
from queries.catalogue import catalogue
from tests.fixtures.guards import not_empty
from tests.integration.api.test_errors import assert_problem

PAGE = {"accept": "text/html"}
BESIDE = "limit", "cursor", "fields", "with"
ADDRESSES = {f"/{path}": one.filters for path, one in BY_PATH.items()} | {
    f"/queries/{name}": query.parameters for name, query in catalogue().items()
}


@pytest.mark.parametrize("address", not_empty([one for one in ADDRESSES if ADDRESSES[one]]))
def test_an_empty_value_is_refused(client: TestClient, address: str) -> None:
    """Of every parameter of every list and question, with what is accepted in its place."""
    names = [parameter.name for parameter in ADDRESSES[address]]
    names += BESIDE if not address.startswith("/queries") else ()
    for name in not_empty(names):
        for value in ("", "  "):
            body = assert_problem(client.get(address, params={name: value}), 400)
            assert name in body["detail"] and body["accepted"], (name, body)
            assert body["value"] == value


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/directions/WOR-2017-02", "known_at"),
        ("/councils/NFK", "fields"),
        ("/councils/NFK/events", "cursor"),
        ("/search", "kind"),
        ("/search", "q"),
        ("/ask", "q"),
        ("/validation", "rule"),
    ],
)
def test_so_is_one_of_another_address(client: TestClient, address: str, name: str) -> None:
    """Whatever it answers."""
    assert name in assert_problem(client.get(address, params={name: ""}), 400)["detail"]


@pytest.mark.parametrize("address", ["/directions", "/directions.html"])
def test_the_form_of_a_list_leads_to_an_address_without_its_empty_fields(
    client: TestClient, address: str
) -> None:
    """What was filled in stays, and links of the page to other formats can be followed."""
    sent = {parameter.name: "" for parameter in BY_PATH["directions"].filters}
    asked = f"{address}?{urlencode(sent | {'council': 'Norfolk CC'})}"
    led = client.get(asked, headers=PAGE)
    assert (led.status_code, led.headers["location"]) == (303, f"{address}?council=Norfolk+CC")
    page = client.get(led.headers["location"], headers=PAGE)
    assert page.status_code == 200
    assert 'href="/directions.json?council=Norfolk+CC"' in page.text


@pytest.mark.parametrize(
    "address",
    not_empty(
        [
            *(f"/{path}" for path in BY_PATH),
            *(f"/queries/{query.name}.html" for query in catalogue().values()),
            "/search",
            "/ask",
        ]
    ),
)
def test_a_form_that_is_sent_empty_leads_to_the_bare_address(
    client: TestClient, address: str
) -> None:
    """A browser sends every field."""
    names = [one.name for one in ADDRESSES.get(address.removesuffix(".html"), ())] or ["q"]
    led = client.get(address, params=dict.fromkeys(names, ""), headers=PAGE)
    assert (led.status_code, led.headers["location"]) == (303, address)
