"""The JSON of lists and things is linked data, by a context that is at hand."""

import json
from typing import Any, TypeGuard

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node
from starlette.testclient import TestClient

from api.views.lists import BY_PATH
from ontology.namespaces import ID
from ontology.terms import CI
from tests.fixtures.guards import not_empty

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
"""What rdflib says of its own reader of JSON-LD."""
_THINGS = (
    "/councils/NFK",
    "/directions/WOR-2017-02",
    "/inspections/NFK-2015-01",
    "/people/trevor-doughty",
    "/provisions/ukpga/1996/56/section/497A",
)


def with_context(client: TestClient, address: str) -> Graph:
    """Return what the JSON at an address says as RDF, with its context in the place of its link."""
    body: dict[str, Any] = client.get(address).json()
    body["@context"] = client.get(body["@context"]).json()["@context"]
    return Graph().parse(data=json.dumps(body), format="json-ld")


def triples(graph: Graph) -> set[tuple[Node, Node, object]]:
    """Return the triples of a graph with numbers by their value: JSON may write one otherwise."""
    return {
        (one, name, value.value if is_number(value) else value)
        for one, name, value in graph
        if isinstance(value, Literal | URIRef)
    }


def is_number(value: Node) -> TypeGuard[Literal]:
    """Return whether a term is a number."""
    return isinstance(value, Literal) and str(value.datatype).endswith(("integer", "decimal"))


@pytest.mark.parametrize("path", BY_PATH)
def test_a_list_says_nothing_else_than_its_rdf(client: TestClient, path: str) -> None:
    """Every triple that the JSON gives stands in the description of the same page."""
    said = triples(with_context(client, f"/{path}?limit=20"))
    turtle = client.get(f"/{path}.ttl?limit=20").text
    assert said or client.get(f"/{path}").json()["total"] == 0
    known = triples(Graph().parse(data=turtle, format="turtle"))
    assert [triple for triple in said if triple not in known] == []


@pytest.mark.parametrize("address", _THINGS)
def test_a_thing_says_nothing_else_than_its_rdf(client: TestClient, address: str) -> None:
    """It says of itself what it is, and nothing that the graph does not."""
    said = triples(with_context(client, address))
    turtle = client.get(f"{address}.ttl").text
    known = triples(Graph().parse(data=turtle, format="turtle"))
    assert [triple for triple in not_empty(said) if triple not in known] == []


def test_a_direction_keeps_its_properties(client: TestClient) -> None:
    """What the JSON shows of one property each is all there."""
    direction = ID["direction/WOR-2017-02"]
    said = with_context(client, "/directions/WOR-2017-02")
    graph = Graph().parse(data=client.get("/directions/WOR-2017-02.nt").text, format="nt")
    for name in (CI.signed, CI.signedOn, CI.addressedTo, CI.madeUnder, CI.powerBasis, CI.issuedBy):
        values = set(not_empty(list(graph.objects(direction, name))))
        assert set(said.objects(direction, name)) == values, name


def test_a_context_is_the_same_in_every_form(client: TestClient) -> None:
    """A processor that asks for JSON-LD and one that asks for JSON get the same; others learn."""
    answers = [client.get(f"/context/directions{suffix}") for suffix in (".json", ".jsonld")]
    assert answers[0].content == answers[1].content
    assert client.get("/context/colours").status_code == 404
