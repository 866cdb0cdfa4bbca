"""The SPARQL 1.1 Protocol and the Service Description, from the text of their specifications."""

from __future__ import annotations

from urllib.parse import quote

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from api.http.sparql_request import PATH
from tests.fixtures.datasets.made_up_dataset import DATA

QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
FORM = "application/x-www-form-urlencoded"
ONE, TWO, THREE = f"{DATA}1.rdf", f"{DATA}2.rdf", f"{DATA}3.rdf"
BOTH = f"ASK {{ <{ONE}> a ?type . <{TWO}> a ?other }}"
BOTH_NAMED = f"GRAPH ?g {{ <{ONE}> a ?type }} GRAPH ?h {{ <{TWO}> a ?other }}"
RESULTS = {
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
}
TRIPLES = {
    "text/turtle",
    "application/n-triples",
    "application/rdf+xml",
    "application/ld+json",
}
SD = "http://www.w3.org/ns/sparql-service-description#"


def ask_in_every_way(
    client: TestClient, query: str, default: tuple[str, ...] = (), named: tuple[str, ...] = ()
) -> set[bool]:
    """Return what GET, a form and the query as the body answer to an ASK on a dataset."""
    graphs = [("default-graph-uri", graph) for graph in default]
    graphs += [("named-graph-uri", graph) for graph in named]
    address = "".join(f"&{name}={quote(graph, safe='')}" for name, graph in graphs)
    asked = f"query={quote(query, safe='')}{address}"
    answers = [
        client.get(f"{PATH}?{asked}"),
        client.post(PATH, content=asked, headers={"Content-Type": FORM}),
        client.post(f"{PATH}?{address[1:]}", content=query, headers={"Content-Type": QUERY}),
        client.post(
            f"{PATH}?{address[1:]}",
            content=f"query={quote(query)}",
            headers={"Content-Type": f"{FORM}; charset=UTF-8"},
        ),
    ]
    assert [answer.status_code for answer in answers] == [200] * 4, answers[0].text
    return {answer.json()["boolean"] for answer in answers}


def test_the_endpoint_has_one_address_with_and_without_a_slash(made_up: TestClient) -> None:
    """The tests of the W3C, and many clients, ask with one."""
    for path in ("/sparql", "/sparql/"):
        assert made_up.get(path, params={"query": "ASK {}"}).json()["boolean"] is True
        posted = made_up.post(path, content="ASK {}", headers={"Content-Type": QUERY})
        assert posted.json()["boolean"] is True


@pytest.mark.parametrize(
    ("query", "default", "named", "expected"),
    [
        ("ASK {}", (), (), True),
        ("ASK { ?s a <http://example.org/Thing> }", (), (), True),
        ("ASK { ?s a <http://example.org/Thing> }", (ONE,), (), False),
        (BOTH, (ONE, TWO), (), True),
        (BOTH, (ONE,), (), False),
        (BOTH, (), (ONE, TWO), False),
        (f"ASK {{ {BOTH_NAMED} }}", (), (ONE, TWO), True),
        (f"ASK {{ {BOTH_NAMED} }}", (), (ONE,), False),
        (f"ASK {{ {BOTH_NAMED} }}", (ONE, TWO), (), False),
        (f"ASK {{ <{THREE}> a ?third . {BOTH_NAMED} }}", (THREE,), (ONE, TWO), True),
        (f"ASK {{ <{THREE}> a ?third . {BOTH_NAMED} }}", (ONE,), (THREE, TWO), False),
    ],
)
def test_the_dataset_of_the_request(
    made_up: TestClient,
    query: str,
    default: tuple[str, ...],
    named: tuple[str, ...],
    expected: bool,
) -> None:
    """Section 2.1.4: by default-graph-uri and named-graph-uri, several of each, in every way."""
    assert ask_in_every_way(made_up, query, default, named) == {expected}


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        (f"FROM <{ONE}> FROM <{TWO}>", True),
        (f"FROM <{ONE}>", False),
        (f"FROM NAMED <{ONE}> FROM NAMED <{TWO}>", False),
        ("BASE", True),
    ],
)
def test_the_dataset_of_the_query(made_up: TestClient, clauses: str, expected: bool) -> None:
    """FROM is followed, with names relative to BASE as well."""
    query = f"ASK {clauses} {BOTH.removeprefix('ASK ')}"
    if clauses == "BASE":
        base = DATA.removesuffix("data")
        query = f"BASE <{base}> {BOTH.replace('{', 'FROM <data1.rdf> FROM <data2.rdf> {', 1)}"
    assert ask_in_every_way(made_up, query) == {expected}


def test_the_dataset_of_the_request_wins_over_that_of_the_query(made_up: TestClient) -> None:
    """Section 2.1.4: the graphs of FROM are then not part of the dataset."""
    query = f"ASK FROM <{THREE}> {{ {BOTH_NAMED} }}"
    assert ask_in_every_way(made_up, query, (), (ONE, TWO)) == {True}
    assert ask_in_every_way(made_up, f"ASK FROM <{ONE}> {{ <{ONE}> a ?t }}", (TWO,)) == {False}


def test_graphs_that_a_client_has_escaped_as_one(made_up: TestClient) -> None:
    """The signs between parameters are escaped as well in one test of the W3C."""
    graphs = quote(f"{ONE}&named-graph-uri={TWO}", safe="")
    answer = made_up.post(
        f"/sparql/?named-graph-uri={graphs}",
        content=f"ASK {{ {BOTH_NAMED} }}",
        headers={"Content-Type": QUERY},
    )
    assert answer.json() == {"head": {}, "boolean": True}


def test_a_graph_without_triples_is_empty_and_one_from_elsewhere_refused(
    made_up: TestClient,
) -> None:
    """No file of quads can say that data0.rdf is empty; another host's graph is never fetched."""
    empty = f"{DATA}0.rdf"
    assert ask_in_every_way(made_up, "ASK {}", (empty,)) == {True}
    assert ask_in_every_way(made_up, "ASK { ?s ?p ?o }", (empty,)) == {False}
    for graph in ("http://192.0.2.1/data.ttl", "file:///etc/hostname", "urn:x:y"):
        for given in (
            {"query": "ASK {}", "default-graph-uri": graph},
            {"query": "ASK {}", "named-graph-uri": graph},
            {"query": f"ASK FROM <{graph}> {{}}"},
            {"query": f"ASK FROM NAMED <{graph}> {{}}"},
        ):
            assert made_up.get("/sparql", params=given).status_code == 400, given


@pytest.mark.parametrize(
    ("query", "media_types"),
    [
        ("SELECT (1 AS ?value) {}", RESULTS),
        ("ASK {}", RESULTS - {"text/csv", "text/tab-separated-values"}),
        ("DESCRIBE <http://example.org/>", TRIPLES),
        ("CONSTRUCT { <s> <p> 1 } WHERE {}", TRIPLES),
    ],
)
@pytest.mark.parametrize("accept", [None, "*/*"])
def test_the_answer_has_a_media_type_of_its_form(
    made_up: TestClient, query: str, media_types: set[str], accept: str | None
) -> None:
    """Section 2.1.6, for a client without a wish."""
    headers = {"Content-Type": QUERY} | ({"Accept": accept} if accept else {})
    request = made_up.build_request("POST", "/sparql/", content=query, headers=headers)
    if accept is None:
        del request.headers["accept"]
    answer = made_up.send(request)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].partition(";")[0] in media_types
    if media_types is TRIPLES:
        list(ox.parse(answer.content, ox.RdfFormat.TURTLE))


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_another_method(made_up: TestClient, method: str) -> None:
    """Section 2.1: GET or POST."""
    answer = made_up.request(method, "/sparql/?query=ASK%20%7B%7D", headers={"Content-Type": FORM})
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"


@pytest.mark.parametrize(
    ("address", "content", "media_type", "status"),
    [
        ("", b"ASK {}", "text/plain", 415),
        ("", b"query=ASK%20%7B%7D", None, 415),
        ("", b"ASK {}", None, 415),
        ("", "ASK {}".encode("utf-16"), f"{QUERY}; charset=UTF-16", 415),
        ("", "ASK {}".encode("utf-16"), QUERY, 400),
        ("", "ASK { ?s ?p 'é' }".encode("latin-1"), QUERY, 400),
        ("", b"query=ASK%20%7B%20%3Fs%20%3Fp%20%27%E9%27%20%7D", FORM, 400),
        ("", b"ASK {", QUERY, 400),
        ("", b"", QUERY, 400),
        ("", b"", FORM, 400),
        ("", b"query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", FORM, 400),
        ("?query=ASK%20%7B%7D", b"ASK {}", QUERY, 400),
        ("?query=ASK%20%7B%7D", b"query=ASK%20%7B%7D", FORM, 400),
        ("", b"CLEAR ALL", UPDATE, 415),
        ("", b"update=CLEAR%20ALL", FORM, 400),
        ("", b"update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM, 400),
        ("", b"CLEAR NAMED", "text/plain", 415),
        ("", b"update=CLEAR%20NAMED", None, 415),
        ("", "CLEAR NAMED".encode("utf-16"), f"{UPDATE}; charset=UTF-16", 415),
        ("", b"update=CLEAR%20XYZ", FORM, 400),
        ("?using-named-graph-uri=http%3A%2F%2Fx%2F", b"WITH <x:a> DELETE {} WHERE {}", UPDATE, 415),
        ("", b"CLEAR ALL", QUERY, 400),
        ("", b"LOAD <http://192.0.2.1/data.ttl>", QUERY, 400),
        ("", b"query=DROP%20ALL", FORM, 400),
    ],
)
def test_what_is_refused(
    made_up: TestClient, address: str, content: bytes, media_type: str | None, status: int
) -> None:
    """Sections 2.1 and 2.2: bad queries, and every update, good or bad."""
    headers = {"Content-Type": media_type} if media_type else {}
    answer = made_up.post(f"/sparql/{address}", content=content, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert ask_in_every_way(made_up, BOTH, (ONE, TWO)) == {True}


@pytest.mark.parametrize(
    "given",
    ["query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", "query=ASK%20%7B", "update=CLEAR%20ALL"],
)
def test_what_is_refused_by_get(made_up: TestClient, given: str) -> None:
    """Two queries, one with an error, and an update."""
    assert made_up.get(f"/sparql/?{given}").status_code == 400


def described(client: TestClient, **headers: str) -> tuple[ox.Store, str]:
    """Return the description of the service as a store, and its media type."""
    answer = client.get("/sparql", headers=headers)
    assert answer.status_code == 200
    media_type = answer.headers["content-type"].partition(";")[0]
    store = ox.Store()
    store.load(answer.content, ox.RdfFormat.from_media_type(media_type))
    return store, media_type


@pytest.mark.parametrize("accept", ["*/*", *sorted(TRIPLES)])
def test_the_endpoint_describes_itself_as_triples(made_up: TestClient, accept: str) -> None:
    """Section 2 of the Service Description: what GET without a query returns is RDF."""
    store, media_type = described(made_up, Accept=accept)
    assert media_type == ("text/turtle" if accept == "*/*" else accept)
    where = f"?service a <{SD}Service> ; <{SD}endpoint> <http://testserver/sparql>"
    assert bool(store.query(f"ASK {{ {where} }}"))


def test_the_description_fits_its_vocabulary(made_up: TestClient) -> None:
    """Each property stands between what section 3 says; counts and names are those of the data."""
    store, _ = described(made_up, Accept="text/turtle")
    for wanted in (
        "?s sd:supportedLanguage sd:SPARQL11Query ; sd:defaultDataset ?d . ?d a sd:Dataset",
        "?d sd:defaultGraph ?g . ?g a sd:Graph ; void:triples 2",
        f"?d sd:namedGraph ?n . ?n a sd:NamedGraph ; sd:name <{ONE}> ; sd:graph ?g . "
        "?g a sd:Graph ; void:triples 2",
        "?s sd:availableGraphs ?c . ?c a sd:GraphCollection ; sd:namedGraph ?n",
        "?s sd:resultFormat <http://www.w3.org/ns/formats/SPARQL_Results_CSV>",
        "?s sd:resultFormat <http://www.w3.org/ns/formats/N-Quads>",
    ):
        void = "PREFIX void: <http://rdfs.org/ns/void#>"
        assert bool(store.query(f"PREFIX sd: <{SD}> {void} ASK {{ {wanted} }}")), wanted
    name = ox.NamedNode(f"{SD}name")
    names = {str(quad.object)[1:-1] for quad in store.quads_for_pattern(None, name, None)}
    listed = made_up.get("/graphs").json()["items"]
    assert names == {graph["iri"] for graph in listed}
    assert not list(store.quads_for_pattern(None, ox.NamedNode(f"{SD}feature"), None))


def test_the_description_names_the_address_that_was_asked(made_up: TestClient) -> None:
    """Also after another has been, and never one that cannot be an address."""
    for host, named in [
        ("data.example:8000", "http://data.example:8000/sparql"),
        ("[::1]:8000", "http://[::1]:8000/sparql"),
        ("a~b.example", "http://testserver:80/sparql"),
        ("a.example", "http://a.example/sparql"),
    ]:
        store, _ = described(made_up, Host=host, Accept="application/n-triples")
        (found,) = store.quads_for_pattern(None, ox.NamedNode(f"{SD}endpoint"), None)
        assert found.object == ox.NamedNode(named)
    assert made_up.get("/sparql", headers={"Host": 'x"><script'}).status_code == 400


def test_people_get_a_form(made_up: TestClient) -> None:
    """A browser wishes for HTML first."""
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert "<textarea" in made_up.get("/sparql", headers={"Accept": browser}).text
    assert made_up.get("/sparql?format=ttl", headers={"Accept": browser}).text.startswith("@prefix")
    assert made_up.get("/sparql", headers={"Accept": "text/csv"}).status_code == 406
