"""Pictures of questions: the same numbers as the catalogue, in every form, safe to embed."""

import csv
import io
import re
import xml.etree.ElementTree as ElementTree

import pytest
from starlette.testclient import TestClient

from api.analysis.pictures.all_pictures import PICTURES
from tests.fixtures.guards import not_empty

NAMES = not_empty(list(PICTURES))
_PNG = b"\x89PNG\r\n\x1a\n"


def test_the_overview_has_every_picture(client: TestClient) -> None:
    """Each comes with its finding and caveat, and leads to its own address."""
    items = client.get("/analysis.json").json()["items"]
    assert [item["id"] for item in items] == NAMES
    assert all(item["finding"] and item["caveat"] for item in not_empty(items))
    page = client.get("/analysis.html").text
    assert all(f'href="/analysis/{name}"' in page for name in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_numbers_are_those_of_the_catalogue(client: TestClient, name: str) -> None:
    """Rows and columns are those that the question gives at its own address, as JSON and CSV."""
    body = client.get(f"/analysis/{name}.json").json()
    question = f"/queries/{PICTURES[name].question}"
    asked = client.get(f"{question}.json", params=dict(PICTURES[name].parameters)).json()
    assert body["items"] == asked["items"]
    assert body["columns"] == asked["columns"]
    assert body["asked"]["sparql"] == asked["sparql"]
    assert body["release"] in body["citation"]
    table = client.get(f"/analysis/{name}.csv").text
    assert table == client.get(f"{question}.csv", params=dict(PICTURES[name].parameters)).text
    assert len(list(csv.reader(io.StringIO(table)))) == len(asked["items"]) + 1


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_can_be_taken_away(client: TestClient, name: str) -> None:
    """SVG is well formed and says what it rests on; PNG is one."""
    drawing = client.get(f"/analysis/{name}.svg")
    assert drawing.headers["content-type"].startswith("image/svg+xml")
    words = " ".join(ElementTree.fromstring(drawing.text).itertext())
    assert PICTURES[name].title in words
    assert client.get("/analysis.json").json()["release"] in words
    image = client.get(f"/analysis/{name}.png")
    assert image.headers["content-type"] == "image/png"
    assert image.content.startswith(_PNG)
    unchanged = {"If-None-Match": image.headers["etag"]}
    assert client.get(f"/analysis/{name}.png", headers=unchanged).status_code == 304


@pytest.mark.parametrize("name", NAMES)
def test_only_the_embedded_picture_may_stand_in_a_frame(client: TestClient, name: str) -> None:
    """Every other address of a picture forbids it."""
    policy = client.get(f"/analysis/{name}/embed").headers["content-security-policy"]
    assert "frame-ancestors *" in policy and "script" not in policy
    for other in (f"{name}.html", f"{name}.svg", f"{name}.png", f"{name}.json"):
        told = client.get(f"/analysis/{other}").headers["content-security-policy"]
        assert "frame-ancestors 'none'" in told


@pytest.mark.parametrize("name", NAMES)
def test_two_drawings_of_a_page_share_no_identifier(client: TestClient, name: str) -> None:
    """A pattern of the hidden drawing would leave the areas of the other one empty."""
    page = client.get(f"/analysis/{name}.html").text
    found = re.findall(r'\bid="([^"]+)"', page)
    assert len(not_empty(found)) == len(set(found))
    used = set(re.findall(r'url\(#([^)"]+)\)', page))
    assert used - set(found) == set()
    assert " style=" not in page and "<script" not in page


@pytest.mark.parametrize("form", ["", ".svg", ".png", "/embed"])
def test_an_unknown_picture_is_answered_with_those_there_are(client: TestClient, form: str) -> None:
    """Whoever mistypes a name reads the names."""
    answer = client.get(f"/analysis/nothing{form}", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["accepted"] == NAMES


@pytest.mark.parametrize("address", ["/analysis", "/analysis/{}", "/analysis/{}.svg"])
def test_a_picture_takes_no_parameter(client: TestClient, address: str) -> None:
    """A parameter that would change nothing is refused, not ignored."""
    answer = client.get(address.format(NAMES[0]), params={"day": "2020-01-01"})
    assert answer.status_code == 400
    assert answer.json()["value"] is not None
