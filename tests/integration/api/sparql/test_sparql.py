"""The SPARQL protocol: ways to ask, formats, and which graphs a query sees."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from data.settings import Settings
from ontology.namespaces import GRAPH, NS
from tests.fixtures.guards import not_empty, replaced
from tests.fixtures.servers.in_process import client_of

COUNT = f"SELECT (COUNT(*) AS ?count) {{ ?claim a <{NS}Claim> }}"
ALL = str(GRAPH["all"])
QUERY = {"Content-Type": "application/sparql-query"}


def count(client: TestClient, query: str, **parameters: str) -> int:
    """Return the number that a query counts."""
    answer = client.get("/sparql", params={"query": query, **parameters})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["results"]["bindings"][0]["count"]["value"])


def test_three_ways_to_ask_give_one_answer(client: TestClient) -> None:
    """GET, a form, and the query as the body."""
    query = f"SELECT ?d {{ ?d a <{NS}Direction> }} ORDER BY ?d"
    answers = [
        client.get("/sparql", params={"query": query}),
        client.post("/sparql", data={"query": query}),
        client.post("/sparql", content=query, headers=QUERY),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len({answer.content for answer in answers}) == 1
    assert len(answers[0].json()["results"]["bindings"]) == 8


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("json", "application/sparql-results+json"),
        ("xml", "application/sparql-results+xml"),
        ("csv", "text/csv"),
        ("tsv", "text/tab-separated-values"),
    ],
)
@pytest.mark.parametrize("query", ["SELECT ?s { ?s ?p ?o } LIMIT 2", "ASK { ?s ?p ?o }"])
def test_tables_in_every_format(client: TestClient, query: str, name: str, media_type: str) -> None:
    """By Accept, by `format`, and by suffix."""
    answers = [
        client.get("/sparql", params={"query": query}, headers={"Accept": media_type}),
        client.get("/sparql", params={"query": query, "format": name}),
        client.get(f"/sparql.{name}", params={"query": query}),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert answer.headers["content-type"].partition(";")[0] == media_type
        assert answer.content == answers[0].content


@pytest.mark.parametrize(
    "media_type",
    ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"],
)
def test_graphs_in_every_format(client: TestClient, media_type: str) -> None:
    """CONSTRUCT and DESCRIBE give triples."""
    for query in ("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 3", f"DESCRIBE <{NS}Council>"):
        answer = client.get("/sparql", params={"query": query}, headers={"Accept": media_type})
        assert answer.status_code == 200
        assert answer.headers["content-type"].partition(";")[0] == media_type
        parsed = ox.parse(answer.content, ox.RdfFormat.from_media_type(media_type))
        assert list(parsed)


def test_a_table_is_not_a_graph(client: TestClient) -> None:
    """A format that does not fit the form of the query is not acceptable."""
    wrong = {"query": "ASK { ?s ?p ?o }"}
    assert client.get("/sparql", params=wrong, headers={"Accept": "text/turtle"}).status_code == 406
    plain = client.get("/sparql", params=wrong, headers={"Accept": "application/json"})
    assert plain.headers["content-type"] == "application/sparql-results+json"


def test_the_default_graph_holds_facts_and_no_claims(client: TestClient) -> None:
    """Claims are reached through FROM <…/graph/all>, through GRAPH, or by the protocol."""
    assert count(client, COUNT) == 0
    everything = count(client, COUNT.replace("{", f"FROM <{ALL}> {{", 1))
    assert everything > 1000
    assert count(client, COUNT, **{"default-graph-uri": ALL}) == everything
    named = replaced(replaced(COUNT, "?claim a", "GRAPH ?g { ?claim a"), "> }", "> } }")
    assert count(client, named) == everything
    one = f"{GRAPH}source/nfk-press-2016"
    assert 0 < count(client, COUNT, **{"default-graph-uri": one}) < everything
    assert count(client, named, **{"named-graph-uri": one}) < everything


def test_the_protocol_dataset_wins_over_the_query(client: TestClient) -> None:
    """As section 2.1.4 of the protocol says."""
    query = COUNT.replace("{", f"FROM <{ALL}> {{", 1)
    assert count(client, query, **{"default-graph-uri": str(GRAPH["quality"])}) == 0


@pytest.mark.parametrize("graph", ["http://192.0.2.1/data.ttl", "file:///etc/hostname"])
def test_a_graph_that_is_not_here_is_refused(client: TestClient, graph: str) -> None:
    """Nothing is fetched, and an empty answer would be taken for one about that graph."""
    asked = {"query": f"SELECT * FROM <{graph}> {{ ?s ?p ?o }}"}
    for given in (asked, {"query": COUNT, "default-graph-uri": graph}):
        answer = client.get("/sparql", params=given)
        assert answer.status_code == 400
        assert "nothing is fetched" in answer.json()["detail"]


def test_without_a_query_the_service_is_described(client: TestClient) -> None:
    """For machines in RDF, for people as a form."""
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    text = answer.text
    assert "SPARQL11Query" in text and str(GRAPH["resolved"]) in text
    page = client.get("/sparql", headers={"Accept": "text/html"})
    assert "<textarea" in page.text


def test_people_get_a_table(client: TestClient) -> None:
    """The page shows the query again, its rows, and says when there are none."""
    query = f"SELECT ?d {{ ?d a <{NS}Direction> }}"
    page = client.get("/sparql", params={"query": query, "format": "html"})
    assert "8 rows" in page.text and "/id/direction/WOR-2017-02" in page.text
    none = client.get("/sparql.html", params={"query": "SELECT ?s { ?s <x:none> ?o }"})
    assert "Nothing found does not mean" in none.text
    hostile = client.get("/sparql.html", params={"query": 'SELECT ("<script>" AS ?x) {}'})
    assert "<script>" not in hostile.text and "&lt;script&gt;" in hostile.text
    assert "<td>yes</td>" in client.get("/sparql.html", params={"query": "ASK {}"}).text
    assert (
        "<pre"
        in client.get("/sparql.html", params={"query": "CONSTRUCT WHERE {?s ?p ?o} LIMIT 1"}).text
    )


def test_any_dataset_file_can_be_served(tmp_path: Path) -> None:
    """Without the graphs of a release, the file's own default graph answers."""
    path = tmp_path / "data.nq"
    path.write_text("<x:a> <x:b> <x:c> .\n<x:d> <x:e> <x:f> <x:g> .\n", encoding="utf-8")
    with client_of(Settings(dataset=path)) as client:
        assert count(client, "SELECT (COUNT(*) AS ?count) { ?s ?p ?o }") == 1
        body = client.get("/directions").json()
        assert body["items"] == [] and "No document has been read" in body["coverage"]["statement"]
        assert client.get("/health/ready").json()["built_at"] is None
        for page in ("/", "/coverage", "/coverage/figures", "/councils", "/interventions"):
            assert client.get(page, headers={"Accept": "text/html"}).status_code == 200, page


def test_the_catalogue_answers_and_describes_itself(client: TestClient) -> None:
    """A question without what it needs says what it is; with it, it answers."""
    for entry in not_empty(client.get("/queries").json()["items"]):
        described = client.get(entry["address"])
        assert described.status_code == 200, described.text
        assert described.json()["question"]
        assert client.get(f"{entry['address']}.html").status_code == 200
        if any(not parameter["optional"] for parameter in entry["parameters"]):
            assert client.get(f"{entry['address']}.csv").status_code == 400
    answer = client.get("/queries/directions_of_council", params={"council": "NFK"})
    assert answer.json()["total"] == 3 and "coverage" in answer.json()
    table = client.get("/queries/directions_of_council.csv", params={"council": "NFK"})
    assert len(table.text.splitlines()) == 4
    wrong = client.get("/queries/directions_of_council", params={"council": "XYZ"})
    assert wrong.status_code == 400 and wrong.json()["value"] == "XYZ"
    assert client.get("/queries/directions_of_council?colour=red").status_code == 400


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_parameters_that_clients_add_are_ignored(client: TestClient, form: str) -> None:
    """SPARQLWrapper names the format in three parameters; the protocol knows none of them."""
    given = {"query": "SELECT * { ?s ?p ?o } LIMIT 1", "format": form, "output": form}
    answer = client.get("/sparql", params={**given, "results": form})
    assert answer.status_code == 200
    named = "tab-separated-values" if form == "tsv" else form
    assert named in answer.headers["content-type"]


@pytest.mark.parametrize("form", ["xml", "turtle", "json-ld", "n-triples", "rdf+xml"])
def test_names_that_clients_give_to_formats_of_triples(client: TestClient, form: str) -> None:
    """A graph has no results format; the nearest format of triples is meant."""
    query = "CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 1"
    assert client.get("/sparql", params={"query": query, "format": form}).status_code == 200


def test_a_client_is_told_where_the_error_is(client: TestClient) -> None:
    """The message is the detail of the problem, however the query came."""
    query = "SELECT ?x\nWHERE { ?x a }"
    for answer in (
        client.get("/sparql", params={"query": query}),
        client.post("/sparql", content=query, headers=QUERY),
    ):
        assert answer.status_code == 400
        assert answer.json()["detail"].startswith("line 2, column 14: '}' cannot stand here")
