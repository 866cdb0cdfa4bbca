"""Real clients against a service that runs as a person starts it."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import FOAF, RDF
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from tests.fixtures.datasets.made_up_dataset import DATA, write_dataset
from tests.fixtures.guards import replaced
from tests.fixtures.servers.served import start

ONE, TWO = f"{DATA}1.rdf", f"{DATA}2.rdf"
NAMES = f"SELECT ?name {{ GRAPH <{ONE}> {{ ?document <{FOAF.name}> ?name }} }}"
DOCUMENT = f"CONSTRUCT WHERE {{ ?document a <{FOAF.Document}> }}"
IN_A_BROWSER = """
const address = process.argv[1] + "/sparql"
const query = "SELECT ?name { ?thing <http://xmlns.com/foaf/0.1/name> ?name }"
const type = { "Content-Type": "application/sparql-query" }
const asked = await fetch(address, {
  method: "OPTIONS",
  headers: {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "content-type",
  },
})
const answer = await fetch(address, {
  method: "POST", mode: "cors", body: query,
  headers: { ...type, "Accept": "application/sparql-results+json" },
})
const refused = await fetch(address, { method: "POST", headers: type, body: "ASK {" })
const short = await fetch(address + "?" + new URLSearchParams({ query, format: "csv" }))
console.log(JSON.stringify({
  preflight: [asked.status, asked.headers.get("access-control-allow-origin")],
  methods: asked.headers.get("access-control-allow-methods"),
  headers: asked.headers.get("access-control-allow-headers").toLowerCase(),
  names: (await answer.json()).results.bindings.map((row) => row.name.value),
  origin: answer.headers.get("access-control-allow-origin"),
  limits: answer.headers.get("access-control-expose-headers").includes("Query-Limits"),
  detail: (await refused.json()).detail,
  text: await short.text(),
}))
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of the service on the made-up dataset."""
    path = write_dataset(tmp_path_factory.mktemp("clients"))
    with start("--dataset", str(path)) as served:
        yield f"http://127.0.0.1:{served.port}"


@pytest.fixture
def wrapper(service: str) -> SPARQLWrapper:
    """Return a client of SPARQLWrapper."""
    return SPARQLWrapper(f"{service}/sparql")


def converted(wrapper: SPARQLWrapper) -> Any:
    """Return an answer as the client reads it."""
    return wrapper.query().convert()


@pytest.mark.parametrize(
    ("method", "way"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]
)
def test_sparqlwrapper_asks_in_three_ways(wrapper: SPARQLWrapper, method: str, way: str) -> None:
    """SELECT and ASK, with graphs of the request."""
    wrapper.setMethod(method)
    wrapper.setRequestMethod(way)
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery(NAMES)
    rows = converted(wrapper)["results"]["bindings"]
    assert [row["name"]["value"] for row in rows] == ["one"]
    wrapper.addDefaultGraph(ONE)
    wrapper.addDefaultGraph(TWO)
    wrapper.setQuery(f"ASK {{ <{ONE}> a ?one . <{TWO}> a ?two }}")
    assert converted(wrapper)["boolean"] is True
    wrapper.clearParameter("default-graph-uri")
    wrapper.addNamedGraph(TWO)
    wrapper.setQuery("SELECT ?graph { GRAPH ?graph { ?s a ?class } }")
    rows = converted(wrapper)["results"]["bindings"]
    assert [row["graph"]["value"] for row in rows] == [TWO]


@pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
def test_sparqlwrapper_reads_every_format(wrapper: SPARQLWrapper) -> None:
    """Those of results and those of triples; it warns where the answer has another.

    Its own use of rdflib is out of date, which is nothing of ours.
    """
    wrapper.setQuery(NAMES)
    wrapper.setReturnFormat(XML)
    assert "one" in converted(wrapper).toxml()
    for form, text in ((CSV, b"name\r\none\r\n"), (TSV, b'?name\n"one"\n')):
        wrapper.setReturnFormat(form)
        assert converted(wrapper) == text
    wrapper.setQuery(replaced(DOCUMENT, "WHERE", f"FROM <{ONE}> WHERE"))
    for form in (TURTLE, N3):
        wrapper.setReturnFormat(form)
        read = Graph().parse(data=converted(wrapper), format="turtle")
        assert (URIRef(ONE), RDF.type, FOAF.Document) in read
    for form in (RDFXML, JSONLD):
        wrapper.setReturnFormat(form)
        assert (URIRef(ONE), RDF.type, FOAF.Document) in converted(wrapper)


def test_sparqlwrapper_tells_of_an_error(wrapper: SPARQLWrapper) -> None:
    """Its own error has what the service said."""
    wrapper.setQuery("SELECT ?name { ?thing foaf:name ?name }")
    with pytest.raises(QueryBadFormed, match=r"line 1, column 23.*PREFIX foaf: <"):
        wrapper.query()


def test_rdflib_reads_the_service_as_its_store(service: str) -> None:
    """Triples, queries and named graphs."""
    store = SPARQLStore(f"{service}/sparql")
    graph = Graph(store, identifier=URIRef(ONE))
    assert list(graph.objects(URIRef(ONE), FOAF.name)) == [Literal("one")]
    assert len(graph) == 2
    whole = Graph(SPARQLStore(f"{service}/sparql", method="POST"))
    found = whole.query(f"SELECT ?g ?n {{ GRAPH ?g {{ ?g <{FOAF.name}> ?n }} }} ORDER BY ?n")
    assert [tuple(row) for row in found] == [  # type: ignore[arg-type]
        (URIRef(ONE), Literal("one")),
        (URIRef(f"{DATA}3.rdf"), Literal("three")),
        (URIRef(TWO), Literal("two")),
    ]
    assert whole.query("ASK { ?thing ?property 'in the default graph' }").askAnswer is True
    assert len(whole.query(replaced(DOCUMENT, "WHERE", f"FROM <{TWO}> WHERE")).graph or ()) == 1


def test_rdflib_reads_graphs_by_their_addresses(service: str) -> None:
    """The Graph Store and the description of the service are RDF for any reader."""
    assert len(Graph().parse(f"{service}/graphs?graph={ONE}")) == 2
    described = Graph().parse(f"{service}/sparql")
    endpoint = URIRef("http://www.w3.org/ns/sparql-service-description#endpoint")
    assert list(described.objects(None, endpoint)) == [URIRef(f"{service}/sparql")]


def curl(*arguments: str) -> str:
    """Return what curl prints, or skip where there is none."""
    program = shutil.which("curl")
    if program is None:
        pytest.skip("curl is not at hand")
    command = [program, "--silent", "--show-error", "--noproxy", "*", *arguments]
    done = subprocess.run(command, capture_output=True, check=True, timeout=30)
    return done.stdout.decode("utf-8")


def test_curl(service: str, tmp_path: Path) -> None:
    """As its users write it: in the address, as a form, from a file, and the headers alone."""
    endpoint = f"{service}/sparql"
    csv, query = ("-H", "Accept: text/csv"), f"query={NAMES}"
    expected = "name\r\none\r\n"
    assert curl("-G", endpoint, "--data-urlencode", query, *csv) == expected
    assert curl(endpoint, "--data-urlencode", query, *csv) == expected
    assert curl(f"{endpoint}/", "--data-urlencode", query, "-d", "format=csv") == expected
    file = tmp_path / "names.rq"
    file.write_text(NAMES, encoding="utf-8")
    typed = ("-H", "Content-Type: application/sparql-query", "--data-binary", f"@{file}")
    assert curl(endpoint, *typed, *csv) == expected
    assert curl(endpoint, *typed, *csv, "--compressed") == expected
    head = curl("--head", "-G", endpoint, "--data-urlencode", query, *csv)
    assert "200 OK" in head and f"content-length: {len(expected)}" in head
    assert "text/csv; charset=utf-8" in head
    assert curl(f"{service}/graphs?default").count("\n") == 2
    status = ("-o", str(tmp_path / "body"), "-w", "%{http_code} %{content_type}")
    assert curl(endpoint, "--data", "ASK {}", "-H", "Content-Type:", *status).startswith("415 ")
    assert curl("-X", "PUT", endpoint, *status) == "405 application/problem+json"


def test_fetch(service: str) -> None:
    """What a page of another origin does: the preflight, the query, and the reading of an error."""
    program = shutil.which("node")
    if program is None:
        pytest.skip("node is not at hand")
    command = [program, "--input-type=module", "--eval", IN_A_BROWSER, service]
    done = subprocess.run(command, capture_output=True, timeout=60, check=True)
    told = json.loads(done.stdout)
    assert told["preflight"] == [204, "*"]
    assert "POST" in told["methods"] and "content-type" in told["headers"]
    assert told["names"] == ["in the default graph"]
    assert told["text"] == "name\r\nin the default graph\r\n"
    assert told["origin"] == "*" and told["limits"] is True
    assert told["detail"].startswith("line 1, column 6")


def raw(service: str, request: bytes) -> tuple[bytes, bytes]:
    """Return the head and the body of the answer to the bytes of a request."""
    host, _, port = service.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(request)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    return head.lower(), body


@pytest.mark.parametrize("version", [b"1.0", b"1.1"])
def test_bytes_on_a_socket(service: str, version: bytes) -> None:
    """Without any header that a client library would add; a HEAD ends with its headers."""
    end = b" HTTP/" + version + b"\r\nHost: www.example\r\nConnection: close\r\n"
    head, body = raw(service, b"GET /sparql/?query=ASK%20%7B%7D" + end + b"\r\n")
    assert b" 200 " in head and json.loads(body)["boolean"] is True
    length = b"Content-Type: application/sparql-query\r\nContent-Length: 6\r\n\r\n"
    head, body = raw(service, b"POST /sparql/" + end + length + b"ASK {}")
    assert b" 200 " in head and json.loads(body)["boolean"] is True
    untyped = b"Content-Length: 6\r\n\r\nASK {}"
    head, _ = raw(service, b"POST /sparql/" + end + untyped)
    assert b" 415 " in head
    head, body = raw(service, b"HEAD /graphs?default" + end + b"\r\n")
    assert b" 200 " in head and b"content-length: " in head and body == b""
    head, body = raw(service, b"GET /sparql" + end + b"Accept: text/turtle\r\n\r\n")
    assert b"<http://www.example/sparql>" in body
