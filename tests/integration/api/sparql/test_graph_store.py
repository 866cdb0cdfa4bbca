"""The SPARQL 1.1 Graph Store HTTP Protocol, read side, from the text of its specification."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from data.settings import Settings
from ontology.namespaces import GRAPH
from tests.fixtures.datasets.made_up_dataset import DATA, DIRECT, TERMS, TRIG
from tests.fixtures.guards import replaced
from tests.fixtures.servers.in_process import client_of

FORMATS = ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]
QUADS = ["application/trig", "application/n-quads"]


def triples(content: bytes, media_type: str) -> set[ox.Triple]:
    """Return the triples of an answer."""
    found = ox.parse(content, ox.RdfFormat.from_media_type(media_type.partition(";")[0]))
    return {quad.triple for quad in found}


def expected(graph: ox.NamedNode | ox.DefaultGraph) -> set[ox.Triple]:
    """Return the triples that the dataset has in a graph."""
    return {quad.triple for quad in ox.parse(TRIG, ox.RdfFormat.TRIG) if quad.graph_name == graph}


@pytest.mark.parametrize("media_type", FORMATS)
@pytest.mark.parametrize(
    ("asked", "graph"),
    [
        ("default", ox.DefaultGraph()),
        ("default=", ox.DefaultGraph()),
        (f"graph={DATA}1.rdf", ox.NamedNode(f"{DATA}1.rdf")),
        (
            "graph=http%3A%2F%2Fkasei.us%2F2009%2F09%2Fsparql%2Fdata%2Fdata%32.rdf",
            ox.NamedNode(f"{DATA}2.rdf"),
        ),
    ],
)
def test_a_graph_is_read_in_every_format(
    made_up: TestClient, asked: str, graph: ox.NamedNode | ox.DefaultGraph, media_type: str
) -> None:
    """Sections 4.2 and 5.2: by ?default and ?graph=, escaped once however it is written."""
    for path in ("/graphs", "/graphs/"):
        answer = made_up.get(f"{path}?{asked}", headers={"Accept": f"{media_type}; charset=utf-8"})
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].partition(";")[0] == media_type
        assert triples(answer.content, media_type) == expected(graph)


def test_head_tells_of_a_graph_without_sending_it(made_up: TestClient) -> None:
    """Section 5.6: the headers of the GET, its length included; 404 where there is none."""
    for asked in ("?default", f"?graph={TERMS}", ""):
        got, head = made_up.get(f"/graphs{asked}"), made_up.head(f"/graphs{asked}")
        assert (head.status_code, head.content) == (200, b"")
        assert dict(head.headers) == dict(got.headers)
        assert int(head.headers["content-length"]) == len(got.content) > 0
    missing = made_up.head("/graphs?graph=http://example.org/none")
    assert (missing.status_code, missing.content) == (404, b"")


def test_a_graph_that_is_kept_by_the_client_is_not_sent_again(made_up: TestClient) -> None:
    """A strong tag, and 304."""
    first = made_up.get("/graphs?default")
    assert first.headers["etag"].startswith('"')
    again = made_up.get("/graphs?default", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = made_up.get("/graphs.nt?default")
    assert other.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("asked", "status", "value"),
    [
        ("graph=http://example.org/none", 404, "http://example.org/none"),
        (f"graph={DATA}%2531.rdf", 404, f"{DATA}%31.rdf"),
        ("graph=http://192.0.2.1/data.ttl", 404, "http://192.0.2.1/data.ttl"),
        ("graph=file:///etc/hostname", 404, "file:///etc/hostname"),
        ("graph=terms", 400, "terms"),
        ("graph=", 400, ""),
        ("graph=http://a%20b/", 400, "http://a b/"),
        ("graph=http://a/&default", 400, None),
        ("graph=http://a/&graph=http://b/", 400, None),
        ("default&default", 400, None),
        ("graph=%E9", 400, None),
        ("colour=red", 400, "colour"),
    ],
)
def test_what_names_no_graph(
    made_up: TestClient, asked: str, status: int, value: str | None
) -> None:
    """404 for a graph that is not here, 400 for what cannot name one."""
    answer = made_up.get(f"/graphs?{asked}")
    assert answer.status_code == status
    assert answer.json()["value"] == value
    if status == 404:
        assert f"{DATA}1.rdf" in answer.json()["accepted"]


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
@pytest.mark.parametrize(
    "address", ["/graphs", "/graphs?default", f"/graphs?graph={TERMS}", DIRECT]
)
def test_nothing_is_ever_written(made_up: TestClient, method: str, address: str) -> None:
    """Section 5: a store that is read-only answers 405 and says what is possible."""
    headers = {"Content-Type": "text/turtle"}
    answer = made_up.request(method, address, content="<x:a> <x:b> <x:c> .", headers=headers)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    graph = made_up.get(f"/graphs?graph={TERMS}", headers={"Accept": "application/n-triples"})
    assert graph.text.count("\n") == 9


def test_a_graph_is_read_by_its_own_address(made_up: TestClient) -> None:
    """Section 4.1: where the name of a graph is an address of this service, at this host."""
    answer = made_up.get(DIRECT, headers={"Accept": "application/n-triples"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/n-triples"
    assert b"nobody" in answer.content and answer.content.count(b"\n") == 2
    assert made_up.get(DIRECT).headers["content-type"].startswith("text/turtle")
    assert made_up.get(f"{DIRECT}.nt").content == answer.content
    assert made_up.head(DIRECT).headers["content-length"]
    assert made_up.get(DIRECT, headers={"Accept": "text/csv"}).status_code == 406
    elsewhere = made_up.get(DIRECT, headers={"Host": "other.example"})
    assert elsewhere.status_code == 404
    assert made_up.get(replaced(DIRECT, "first", "second")).status_code == 404


def test_formats_that_no_graph_has(made_up: TestClient) -> None:
    """406, with those it has; quads are of whole datasets."""
    for accept in ("text/csv", "image/png", "application/n-quads"):
        answer = made_up.get("/graphs?default", headers={"Accept": accept})
        assert answer.status_code == 406
        assert len(answer.json()["accepted"]) == 4
    assert made_up.get("/graphs.nq?default").status_code == 406
    assert made_up.get("/graphs", headers={"Accept": "text/turtle"}).status_code == 406


def test_the_list_of_graphs(made_up: TestClient) -> None:
    """Each with its size and the address of its triples; as a page too."""
    body = made_up.get("/graphs").json()
    sizes = {item["iri"]: item["triples"] for item in body["items"]}
    assert sizes == {TERMS: 9, DIRECT: 2, **{f"{DATA}{number}.rdf": 2 for number in (1, 2, 3)}}
    assert body["total"] == 5 and body["default"]["triples"] == 2
    for one in (body["default"], *body["items"]):
        graph = made_up.get(one["address"], headers={"Accept": "application/n-triples"})
        assert graph.text.count("\n") == one["triples"]
    page = made_up.get("/graphs", headers={"Accept": "text/html"}).text
    assert f"{DATA}1.rdf</a>" in page and "/graphs?default" in page
    assert "/graphs" in made_up.get("/docs", headers={"Accept": "text/html"}).text


@pytest.mark.parametrize("media_type", QUADS)
def test_the_whole_dataset(made_up: TestClient, media_type: str) -> None:
    """Every quad, those of the default graph without a name."""
    answer = made_up.get("/graphs", headers={"Accept": media_type})
    assert answer.headers["content-type"] == media_type
    store = ox.Store()
    store.load(TRIG, ox.RdfFormat.TRIG)
    found = ox.Dataset(ox.parse(answer.content, ox.RdfFormat.from_media_type(media_type)))
    whole = ox.Dataset(store)
    for dataset in (found, whole):
        dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    assert found == whole


def test_what_is_too_large_is_refused_and_never_half(tmp_path: Path) -> None:
    """The limit of bytes is that of a query; what is below it is still answered."""
    path = tmp_path / "data.nq"
    lines = [f'<x:s{number}> <x:p> "{"x" * 100}" <x:g> .\n' for number in range(1000)]
    path.write_text("".join(["<x:s> <x:p> <x:o> .\n", *lines]), encoding="utf-8")
    with client_of(Settings(dataset=path, answer_bytes=10_000)) as client:
        for address in ("/graphs?graph=x:g", "/graphs.nq", "/graphs.trig"):
            answer = client.get(address)
            assert answer.status_code == 503
            assert answer.json()["limits"]["answer_bytes"] == 10_000
        assert client.get("/graphs.nt?default").text == "<x:s> <x:p> <x:o> .\n"


def test_a_release_is_read_too(client: TestClient) -> None:
    """Its default graph is made of layers, which the whole dataset therefore has only once."""
    body = client.get("/graphs").json()
    sizes = {item["iri"]: item["triples"] for item in body["items"]}
    resolved = client.get(f"/graphs.nt?graph={GRAPH['resolved']}")
    assert resolved.text.count("\n") == sizes[str(GRAPH["resolved"])] > 100
    assert body["default"]["triples"] > sizes[str(GRAPH["resolved"])]
    assert client.get("/graphs.nq").text.count("\n") == sum(sizes.values())
    everything = client.get(f"/graphs.nt?graph={GRAPH['all']}")
    assert everything.text.count("\n") > body["default"]["triples"]
