"""The search: what a person looks for stands first, and bad requests are refused with help."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.fixtures.guards import not_empty
from tests.integration.api.test_errors import assert_problem

KEYS = ["kind", "id", "label", "address", "score", "because"]
FIRST = {
    "Norfolk": ("council", "NFK"),
    "nfk": ("council", "NFK"),
    "E10000020": ("council", "NFK"),
    "bcp": ("council", "BPC"),
    "birmingam": ("council", "BIR"),
    "Northamptonshire, 2018": ("council", "NTH"),
    "Northamptonshire, 2022": ("council", "NNT"),
    "west midlands": ("authority", "WMCA"),
    "doughty": ("person", "trevor-doughty"),
    "Trevor Douhgty": ("person", "trevor-doughty"),
    "education act 1996": ("power", "ukpga/1996/56"),
    "section 15 local government act 1999": ("power", "ukpga/1999/27/section/15"),
    "who is under intervention": ("question", "under_intervention"),
    "norfolk direction 2016": ("document", "nfk-direction-2016"),
}


def found(client: TestClient, text: str, **more: str) -> list[dict[str, Any]]:
    """Return what is found for a text."""
    answer = client.get("/search", params={"q": text, **more})
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


@pytest.mark.parametrize("text", FIRST)
def test_what_is_meant_stands_first(client: TestClient, text: str) -> None:
    """With its kind, identifier, name and address, and why it is there."""
    first = found(client, text)[0]
    assert list(first) == KEYS and (first["kind"], first["id"]) == FIRST[text]


@pytest.mark.parametrize("text", FIRST)
def test_every_address_that_is_given_answers(client: TestClient, text: str) -> None:
    """A link that leads nowhere helps nobody."""
    for item in not_empty(found(client, text, limit="5")):
        if not item["address"].startswith("http://www.legislation.gov.uk/"):
            assert client.get(item["address"]).status_code == 200, item


def test_scores_fall_and_kinds_bound(client: TestClient) -> None:
    """The best first; of kinds, those that are asked for."""
    items = found(client, "norfolk")
    assert [item["score"] for item in items] == sorted((i["score"] for i in items), reverse=True)
    assert {item["kind"] for item in items} > {"document"}
    documents = found(client, "norfolk", kind="document")
    assert {item["kind"] for item in documents} == {"document"}
    assert [item for item in items if item["kind"] == "document"] == documents


def test_pages_follow_each_other(client: TestClient) -> None:
    """Limit and next as in every list."""
    whole = client.get("/search?q=norfolk").json()
    first = client.get("/search?q=norfolk&limit=2").json()
    assert first["total"] == whole["total"] > 2 and first["items"] == whole["items"][:2]
    assert client.get(first["next"]).json()["items"] == whole["items"][2:4]


def test_csv_and_page_say_the_same(client: TestClient) -> None:
    """A table for a sheet, and links for a person."""
    lines = client.get("/search.csv?q=norfolk").text.splitlines()
    assert lines[0] == ",".join(KEYS) and lines[1].startswith("council,NFK,Norfolk County Council")
    page = client.get("/search.html?q=norfolk").text
    assert 'href="/councils/NFK"' in page and 'value="norfolk"' in page
    assert "<form" in client.get("/search.html").text
    assert "proves nothing" in client.get("/search.html?q=qqqq").text


def test_nothing_found_is_an_empty_list(client: TestClient) -> None:
    """No guess is made of what has no sense."""
    for text in ("qqqq", "!!", "*", '"', "AND", "NEAR(", "label:"):
        assert max((item["score"] for item in found(client, text)), default=0) < 60, text


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("/search", None),
        ("/search?q=%20", " "),
        ("/search?q=norfolk&kind=dog", "dog"),
        ("/search?q=norfolk&limit=0", "0"),
        ("/search?q=norfolk&limit=1000000000", "1000000000"),
        ("/search?q=norfolk&cursor=!!", "!!"),
        ("/search?q=norfolk&colour=red", "colour"),
        ("/search?q=nor%00folk", "q"),
        ("/search?q=%FF%FE", "q"),
        ("/directions?council=%00", "council"),
        ("/directions?council=N%E9", "council"),
        ("/councils?q=a%1bb", "q"),
    ],
)
def test_bad_requests_are_refused(client: TestClient, address: str, value: str | None) -> None:
    """The parameter is named, with what is accepted."""
    body = assert_problem(client.get(address), 400)
    assert body["value"] == value and body["accepted"]
    asked = address.partition("?")[2].split("&")[-1].partition("=")[0] or "q"
    assert asked in body["detail"]


@pytest.mark.parametrize(
    "path", ["/search?q=", "/directions?council=", "/councils?q=", "/x/", "/councils/"]
)
@pytest.mark.parametrize("length", [201, 1_500, 3_000])
def test_what_was_sent_is_not_repeated_at_length(
    client: TestClient, path: str, length: int
) -> None:
    """An answer never has more than 200 characters of it."""
    sent = "x" * length
    answer = client.get(path + sent)
    assert answer.status_code < 500 and "x" * 201 not in answer.text
