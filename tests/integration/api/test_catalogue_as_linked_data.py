"""The catalogue and the dataset, described for programs that read linked data."""

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SH, VOID
from rdflib.term import Node
from starlette.testclient import TestClient

from api.views.catalogue_triples import example_of, runnable
from data.releases import current_release
from ontology import CI
from queries.catalogue import catalogue, find_query
from queries.columns import columns_of
from queries.engine.interface import DEFAULT_LAYERS
from tests.fixtures.guards import not_empty

SCHEMA = Namespace("https://schema.org/")
HERE = "http://testserver"
EDITORS = """
PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?example ?comment ?query WHERE {
  ?example a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct ?query .
} ORDER BY ?example"""
"""What an editor asks for examples of queries."""


def graph(client: TestClient, path: str) -> Graph:
    """Return what is answered at an address as RDF."""
    answer = client.get(path, headers={"accept": "text/turtle"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/turtle")
    return Graph().parse(data=answer.text, format="turtle")


def test_an_editor_finds_every_question(client: TestClient) -> None:
    """Each with its words, its text, its prefixes, its topics, and where to ask it."""
    known = graph(client, "/queries")
    found = {str(row[0]): row for row in known.query(EDITORS)}  # type: ignore[index]
    assert set(found) == {f"{HERE}/queries/{name}" for name in catalogue()}
    for query in not_empty(catalogue().values()):
        node = URIRef(f"{HERE}/queries/{query.name}")
        assert (node, RDF.type, SH.SPARQLSelectExecutable) in known
        assert (node, RDFS.comment, Literal(query.question, lang="en")) in known
        assert (node, SCHEMA.target, URIRef(f"{HERE}/sparql")) in known
        assert {str(word) for word in known.objects(node, SCHEMA.keywords)} == set(query.topics)
        (declared,) = known.objects(node, SH.prefixes)
        assert (declared, RDF.type, OWL.Ontology) in known
        assert (None, SH.prefix, Literal("ci")) in known


@pytest.mark.parametrize("name", catalogue())
def test_what_an_editor_shows_can_be_run_as_it_is(client: TestClient, name: str) -> None:
    """With the example of each parameter that has to be given; its columns are those promised."""
    text = runnable(find_query(name))
    assert not [line for line in not_empty(text.splitlines()) if line.startswith("#")]
    answer = client.post("/sparql", data={"query": text}, headers={"accept": "text/csv"})
    assert answer.status_code == 200, answer.text
    assert tuple(answer.text.splitlines()[0].split(",")) == find_query(name).columns


def test_every_parameter_that_is_needed_names_an_example() -> None:
    """Without one the text could not be run."""
    needed = [
        parameter
        for query in catalogue().values()
        for parameter in query.parameters
        if not parameter.optional
    ]
    assert [parameter for parameter in not_empty(needed) if example_of(parameter) is None] == []


def test_one_question_is_described_and_not_asked(client: TestClient) -> None:
    """Its address as RDF says what it asks, whatever is given; its columns are in its words."""
    known = graph(client, "/queries/grades_of_council")
    assert set(known.subjects(RDF.type, SH.SPARQLExecutable)) == {
        URIRef(f"{HERE}/queries/grades_of_council")
    }
    assert client.get("/queries/grades_of_council.ttl").text == (
        client.get("/queries/grades_of_council.ttl?council=NFK").text
    )
    for column in not_empty(columns_of(find_query("grades_of_council"))):
        assert (
            f"{column.name}: {column.meaning}" in client.get("/queries/grades_of_council.ttl").text
        )


def test_the_page_of_a_question_says_what_its_columns_mean(client: TestClient) -> None:
    """And what the answer cannot tell, before the answer."""
    page = client.get("/queries/lengths_of_interventions.html").text
    assert "fewest days that the dates allow (unit: days)" in page
    assert page.index("silence is no evidence") < page.index("<table")
    assert '<a href="/councils">all of them</a>' in page


def test_the_parts_of_the_dataset_are_counted_rightly(client: TestClient, release: Path) -> None:
    """Things of each class and statements of each property, counted again without a query."""
    place = current_release(release) / "data.nq"
    data = {
        quad.triple
        for quad in not_empty(ox.parse(path=place, format=ox.RdfFormat.N_QUADS))
        if isinstance(quad.graph_name, ox.NamedNode)
        and quad.graph_name.value.startswith(DEFAULT_LAYERS)
    }
    known = graph(client, "/.well-known/void")
    (dataset,) = known.subjects(RDF.type, VOID.Dataset)
    assert known.value(dataset, VOID.triples) == Literal(len(data))
    statements = Counter(triple.predicate.value for triple in data)
    assert counts(known, dataset, VOID.propertyPartition, VOID.property, VOID.triples) == statements
    kinds = {triple for triple in data if triple.predicate.value == str(RDF.type)}
    things = Counter(one.object.value for one in kinds if isinstance(one.object, ox.NamedNode))
    assert counts(known, dataset, VOID.classPartition, VOID["class"], VOID.entities) == things
    (councils,) = known.subjects(VOID["class"], CI.Council)
    members = {one.subject for one in kinds if one.object == ox.NamedNode(CI.Council)}
    of_councils = Counter(one.predicate.value for one in data if one.subject in members)
    assert counts(known, councils, VOID.propertyPartition, VOID.property, VOID.triples) == (
        of_councils
    )


def counts(known: Graph, whole: Node, part: URIRef, name: URIRef, number: URIRef) -> dict[str, int]:
    """Return the numbers of the parts of a dataset, or of a class, by what each is of."""
    return {
        str(known.value(node, name)): int(str(known.value(node, number)))
        for node in not_empty(known.objects(whole, part))
    }


def test_the_description_of_the_endpoint_names_both(client: TestClient) -> None:
    """From the endpoint to the examples and to the parts of the dataset."""
    known = graph(client, "/sparql")
    named = {str(node) for node in known.objects(None, RDFS.seeAlso)}
    assert named == {f"{HERE}/queries", f"{HERE}/.well-known/void"}
