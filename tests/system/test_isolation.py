"""Nothing that a client sends makes the service, or a process of it, open a connection."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ontology.errors import QueryRefused
from queries.sparql.federation_guard import asks_elsewhere
from queries.sparql.query_inspection import inspect_query
from tests.fixtures.servers.listener import Listener
from tests.fixtures.servers.served import Served
from tests.fixtures.stopwatch import processor_s

CHECKED_WITHIN_S = 2
QUERY = {"Content-Type": "application/sparql-query"}


@pytest.fixture(autouse=True)
def nobody_came(listener: Listener) -> Iterator[None]:
    """Check after each test that nobody came to the server."""
    listener.came = 0
    yield
    assert listener.came == 0


HIDDEN = {
    "plain": "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "case": "SELECT * { sErViCe sIlEnT <URL> { ?s ?p ?o } }",
    "comment": "SELECT * { SERVICE # {\n # <x> {\n SILENT # {\n <URL> # }\n { ?s ?p ?o } }",
    "prefix": "PREFIX e: <URL> SELECT * { SERVICE e:x { ?s ?p ?o } }",
    "no space": "PREFIX : <URL> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "no space, silent": "PREFIX : <URL> SELECT * { SERVICESILENT:x { ?s ?p ?o } }",
    "a prefix of that name": "PREFIX SERVICE: <URL> SELECT * { SERVICE SERVICE:x { ?s ?p ?o } }",
    "after a number": "PREFIX : <URL> SELECT * { ?s ?p 1SERVICE :x { ?a ?b ?c } }",
    "after a word": "PREFIX : <URL> SELECT * { ?s ?p trueSERVICE<URL>{ ?a ?b ?c } }",
    "escaped quote in a name": "PREFIX e: <URL> SELECT * { ?s e:a\\' ?o . SERVICE e:x {} #'\n }",
    "escaped sharp in a name": "PREFIX e: <URL> SELECT * { ?s e:a\\# ?o . SERVICE e:x {}\n }",
    "wide space in an address": "SELECT * { ?s <x:\u00a0'> ?o . SERVICE <URL> {} #'\n }",
    "comparison taken for an address": "SELECT * { FILTER(1<1)SERVICE?x#>\n{ ?s ?p ?o } }",
    "comparison before a comment": "SELECT * { FILTER(1<2#>'''\n) SERVICE <URL> {} #'''\n}",
    "variable": "SELECT * { VALUES ?x { <URL> } SERVICE ?x { ?s ?p ?o } }",
    "silent variable": "SELECT * { VALUES ?x { <URL> } SERVICE SILENT ?x { ?s ?p ?o } }",
    "in a subquery": "ASK { { SELECT * { OPTIONAL { SERVICE SILENT <URL> { ?s ?p ?o } } } } }",
    "in an EXISTS": "ASK { FILTER NOT EXISTS { SERVICE SILENT <URL> { ?s ?p ?o } } }",
    "escaped letter": "SELECT * { SERV\\u0049CE <URL> { ?s ?p ?o } }",
    "long comment": "SELECT * { SERVICE #" + "x" * 2_000 + "\n <URL> { ?s ?p ?o } }",
    "long space": "SELECT * { SERVICE" + " " * 2_000 + "<URL> { ?s ?p ?o } }",
    "graph": "SELECT * FROM <URL> { ?s ?p ?o }",
    "named graph": "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "graph by prefix": "PREFIX e: <URL> SELECT * FROM e:data { ?s ?p ?o }",
    "graph by base": "BASE <URL> SELECT * FROM <data> { ?s ?p ?o }",
    "file": "SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }",
    "named file": "SELECT * FROM NAMED <file:///etc/hostname> { GRAPH ?g { ?s ?p ?o } }",
    "load": "LOAD <URL>",
    "load, silent": "LOAD SILENT <URL> INTO GRAPH <x:g>",
    "load after a query": "SELECT * { ?s ?p ?o } ; LOAD <URL>",
    "load of a file": "LOAD <file:///etc/hostname>",
}


def addressed(text: str, address: str) -> str:
    """Return a text with an address in the place for it; one that asks for a file has none."""
    return address.join(text.split("URL"))


@pytest.mark.parametrize("name", HIDDEN)
def test_what_would_leave_the_machine_is_refused(
    served: Served, listener: Listener, name: str
) -> None:
    """By each way of asking; the answer tells what is wrong."""
    query = addressed(HIDDEN[name], listener.address)
    for told in (
        served.ask(query),
        served.request("POST", "/sparql", query.encode(), QUERY),
    ):
        assert told.status == 400, told.body
        assert told.json()["type"] == "/docs#query-refused"


ESCAPES = "escaped letter"
"""The one that is no SERVICE: this engine takes escapes in addresses and strings alone."""


@pytest.mark.parametrize(
    "name", [name for name in HIDDEN if "SERVICE" in HIDDEN[name].upper() and name != ESCAPES]
)
def test_each_service_is_seen_before_it_runs(name: str) -> None:
    """The engine would run it; the check of the text does not let it come to that."""
    query = addressed(HIDDEN[name], "http://127.0.0.1:81/")
    with pytest.raises(QueryRefused, match="SERVICE"):
        inspect_query(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service ?name { ?service <x:p> ?name } # by service",
        "SELECT * { VALUES ?services { <http://x/services#Service> } }",
        "PREFIX service: <x:> SELECT * { ?s service:p \"SERVICE\" , 'a service {' }",
        "SELECT * { ?s <http://x/SERVICE#a> ?o }\n# SERVICE\nLIMIT 1",
    ],
)
def test_the_word_alone_is_no_service(served: Served, query: str) -> None:
    """Names, strings, addresses and comments may have it."""
    assert served.ask(query).status == 200


@pytest.mark.parametrize("text", ["service", "service#", "service ", "service <", "service:", "?"])
def test_the_check_takes_no_longer_than_the_text(text: str) -> None:
    """A hostile text of the greatest length is looked at once."""
    whole = text * (100_000 // len(text))
    assert processor_s(lambda: asks_elsewhere(whole)) < CHECKED_WITHIN_S


def test_graphs_named_by_the_request(served: Served, listener: Listener) -> None:
    """They are refused as in a query; a GRAPH that is not here has nothing in it."""
    query = "SELECT * { ?s ?p ?o }"
    for name in ("default-graph-uri", "named-graph-uri"):
        for graph in (listener.address, "file:///etc/hostname"):
            assert served.ask(query, **{name: graph}).status == 400
    told = served.ask(f"SELECT * {{ GRAPH <{listener.address}> {{ ?s ?p ?o }} }}")
    assert told.status == 200 and told.json()["results"]["bindings"] == []


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        (
            "application/sparql-query",
            '<?xml version="1.0"?><!DOCTYPE q [<!ENTITY e SYSTEM "URL">]><q>&e;</q>',
        ),
        ("application/rdf+xml", '<!DOCTYPE r [<!ENTITY e SYSTEM "URL">]><r>&e;</r>'),
        ("application/ld+json", '{"@context": "URL", "@id": "x:a"}'),
        ("application/sparql-query", '{"@context": "URL"}'),
        ("application/sparql-update", "LOAD <URL>"),
        ("text/turtle", "@prefix x: <URL> . x:a x:b x:c ."),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
@pytest.mark.parametrize("path", ["/sparql", "/graphs"])
def test_documents_that_refer_to_others(
    served: Served, listener: Listener, media_type: str, body: str, method: str, path: str
) -> None:
    """Entities and contexts are not followed; nothing takes a document at all."""
    sent = addressed(body, listener.address).encode()
    told = served.request(method, path, sent, {"Content-Type": media_type})
    assert told.status in (400, 404, 405, 415)
