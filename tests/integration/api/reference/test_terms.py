"""Each term of the ontology has a page: what it means, an example, what surrounds it."""

import re

import pytest
from starlette.testclient import TestClient

from ontology.classes import Classes
from ontology.terms import CI
from queries.catalogue import find_query
from tests.fixtures.guards import not_empty

JSON = {"accept": "application/json"}


def test_every_term_is_explained(england: TestClient) -> None:
    """In the list of all; an address of the namespace leads there."""
    items = england.get("/ontology", headers=JSON).json()["items"]
    names = {item["id"] for item in not_empty(items)}
    assert names == (set(CI.__annotations__) | set(Classes.__annotations__)) - {"_NS", "_fail"}
    page = england.get("/ontology", headers={"accept": "text/html"}).text
    assert all(f'id="{name}"' in page and f'href="/ontology/{name}"' in page for name in names)


def test_a_class_tells_what_surrounds_it(england: TestClient) -> None:
    """Its place among classes, its properties, a thing of the release, the questions."""
    body = england.get("/ontology/Direction", headers=JSON).json()
    assert (body["kind"], body["iri"]) == ("class", str(CI.Direction))
    assert body["definition"] and body["examples"] and body["broader"]
    assert {"property": "addressedTo", "other": "Council"} in body["leads_on"]
    assert "imposedBy" in {one["property"] for one in body["leads_here"]}
    assert body["example_of_release"]["kind"] == "direction"
    for question in not_empty(body["questions"]):
        assert "ci:Direction" in find_query(question["name"]).text


def test_a_property_tells_of_what_it_is_said(england: TestClient) -> None:
    """And where it leads."""
    body = england.get("/ontology/addressedTo", headers=JSON).json()
    assert (body["kind"], "Council" in body["to"]) == ("property", True)
    assert body["of"] and body["leads_on"] == body["leads_here"] == []


@pytest.mark.parametrize("name", ["Direction", "Claim", "amountGbp"])
def test_a_term_has_a_page_and_linked_data(england: TestClient, name: str) -> None:
    """The diagram is drawn for classes alone, and its words stand below it too."""
    page = england.get(f"/ontology/{name}", headers={"accept": "text/html"}).text
    assert page.count("<h1>") == 1 and ("<figure>" in page) == name[0].isupper()
    turtle = england.get(f"/ontology/{name}.ttl")
    assert turtle.status_code == 200 and f"ci:{name} a owl:" in turtle.text


def test_what_is_no_term_is_not_found(england: TestClient) -> None:
    """A version of the ontology leads to it."""
    for name in ("Directions", "0.0.1", "a-b"):
        assert england.get(f"/ontology/{name}", headers=JSON).status_code == 404, name
    answer = england.get("/ontology/1.0.0", headers=JSON)
    assert (answer.status_code, answer.headers["location"]) == (303, "/ontology")


def test_the_whole_is_drawn(england: TestClient) -> None:
    """Each class stands in the picture, and an arc for each property between two classes."""
    items = england.get("/ontology", headers=JSON).json()["items"]
    page = england.get("/ontology", headers={"accept": "text/html"}).text
    for item in not_empty(items):
        assert (f">{item['id']}</text>" in page) == item["id"][0].isupper()
    arcs = set(re.findall("<title>(Direction: [^<]+)</title>", page))
    leads_on = england.get("/ontology/Direction", headers=JSON).json()["leads_on"]
    around = {f"Direction: {one['property']}: {one['other']}" for one in leads_on}
    assert set(not_empty(arcs)) < around
