"""What answers look like, byte by byte, and how a client says which it wants.

The engine writes the tags of languages in small letters; RDF compares them so.
"""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from tests.fixtures.datasets.made_up_dataset import DATA, TERMS
from tests.fixtures.guards import not_empty

EX = "http://example.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
SRX = "{http://www.w3.org/2005/sparql-results#}"
EVERY_TERM = f"SELECT ?value FROM <{TERMS}> {{ <{EX}a> ?p ?value }} ORDER BY ?p"
NAMES = f"SELECT * {{ VALUES (?b ?a) {{ ('x' UNDEF) (<{EX}y> 'z,\"') }} }}"
TRIPLES = f"CONSTRUCT FROM <{DATA}1.rdf> WHERE {{ ?s ?p ?o }}"


def answered(client: TestClient, query: str, form: str) -> str:
    """Return the text of an answer in a format."""
    answer = client.get("/sparql", params={"query": query, "format": form})
    assert answer.status_code == 200, answer.text
    return answer.content.decode("utf-8")


def test_csv(made_up: TestClient) -> None:
    """Names without marks, CRLF, quotation marks only where needed, an unbound value empty."""
    assert answered(made_up, NAMES, "csv") == f'b,a\r\nx,\r\n{EX}y,"z,"""\r\n'
    rows = list(csv.reader(io.StringIO(answered(made_up, EVERY_TERM, "csv"), newline="")))
    values = [row[0] for row in rows]
    assert values.pop(2).startswith("_:")
    assert (
        values
        == [
            "value",
            f"{EX}b",
            "plain",
            "colour",
            "7",
            "2.5",
            "true",
            "2018-11-13",
            'a "quoted" word, a comma\tand a tab\nand a line',
        ]
        or values[5] == "2.5"
    )


def test_tsv(made_up: TestClient) -> None:
    """Names with marks, and every value as SPARQL writes it, tabs and lines escaped."""
    assert answered(made_up, NAMES, "tsv") == f'?b\t?a\n"x"\t\n<{EX}y>\t"z,\\""\n'
    lines = answered(made_up, EVERY_TERM, "tsv").split("\n")
    assert lines[0] == "?value" and lines[-1] == "" and len(lines) == 11
    stated = [line for line in lines[1:-1] if not line.startswith("_:")]
    assert stated == [
        f"<{EX}b>",
        '"plain"',
        '"colour"@en-gb',
        "7",
        "2.5",
        "true",
        f'"2018-11-13"^^<{XSD}date>',
        r'"a \"quoted\" word, a comma\tand a tab\nand a line"',
    ]


def test_json(made_up: TestClient) -> None:
    """Type, value, language and datatype of each kind of term; an unbound value is absent."""
    assert json.loads(answered(made_up, NAMES, "json")) == {
        "head": {"vars": ["b", "a"]},
        "results": {
            "bindings": [
                {"b": {"type": "literal", "value": "x"}},
                {
                    "b": {"type": "uri", "value": f"{EX}y"},
                    "a": {"type": "literal", "value": 'z,"'},
                },
            ]
        },
    }
    results = json.loads(answered(made_up, EVERY_TERM, "json"))
    terms = [row["value"] for row in results["results"]["bindings"]]
    assert terms[0] == {"type": "uri", "value": f"{EX}b"}
    assert terms[1]["type"] == "bnode" and set(terms[1]) == {"type", "value"}
    assert terms[3] == {"type": "literal", "value": "colour", "xml:lang": "en-gb"}
    assert terms[4] == {"type": "literal", "value": "7", "datatype": f"{XSD}integer"}
    assert terms[7] == {"type": "literal", "value": "2018-11-13", "datatype": f"{XSD}date"}
    assert json.loads(answered(made_up, "ASK {}", "json")) == {"head": {}, "boolean": True}
    none = json.loads(answered(made_up, "SELECT ?none { ?none <x:p> 1 }", "json"))
    assert none == {"head": {"vars": ["none"]}, "results": {"bindings": []}}


def test_xml(made_up: TestClient) -> None:
    """The same in XML; an ASK has one element for its answer."""
    root = ElementTree.fromstring(answered(made_up, EVERY_TERM, "xml"))
    assert [element.get("name") for element in root.iter(f"{SRX}variable")] == ["value"]
    terms = [binding[0] for binding in root.iter(f"{SRX}binding")]
    kinds = [term.tag.removeprefix(SRX) for term in terms]
    assert kinds == ["uri", "bnode"] + ["literal"] * 7
    assert terms[3].get("{http://www.w3.org/XML/1998/namespace}lang") == "en-gb"
    assert terms[4].get("datatype") == f"{XSD}integer"
    asked = ElementTree.fromstring(answered(made_up, "ASK { ?s <x:none> 1 }", "xml"))
    assert [element.text for element in asked.iter(f"{SRX}boolean")] == ["false"]


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT ?z ?a ?m { ?a ?m ?z }", "z,a,m"),
        ("SELECT * { ?z ?y ?x }", "z,y,x"),
        ("SELECT DISTINCT * # ?first\nWHERE { ?s ?p ?o }", "s,p,o"),
        ("select reduced*{ ?s ?p ?o . ?s a ?kind }", "s,p,o,kind"),
        ("SELECT * { ?s ?p ?o OPTIONAL { ?a ?b ?s } BIND(1 AS ?c) }", "s,p,o,a,b,c"),
        ("SELECT * { GRAPH ?g { ?s ?p '?a' } FILTER(?s != ?not) }", "g,s,p"),
        ("SELECT * { ?z ?y ?x { SELECT ?d (1 AS ?c) { ?d ?e ?f } } }", "z,y,x,d,c"),
        ("PREFIX x: <x:> SELECT * { ?b x:p+/x:q ?a } ORDER BY ?a", "b,a"),
        ("SELECT (COUNT(*) AS ?n) ?p { ?s ?p ?o } GROUP BY ?p", "n,p"),
    ],
)
@pytest.mark.parametrize("form", ["csv", "json"])
def test_columns_have_the_order_of_the_query(
    made_up: TestClient, query: str, columns: str, form: str
) -> None:
    """As selected, or for a star as the variables are named first."""
    text = answered(made_up, query, form)
    if form == "csv":
        assert text.split("\r\n")[0] == columns
    else:
        assert json.loads(text)["head"]["vars"] == columns.split(",")


def test_a_star_changes_nothing_else(made_up: TestClient) -> None:
    """The rows are those of the query with its columns named, on a dataset of the request too."""
    asked = {"default-graph-uri": f"{DATA}1.rdf", "format": "tsv"}
    star = made_up.get("/sparql", params={"query": "SELECT * { ?s ?p ?o } ORDER BY ?p", **asked})
    named = made_up.get(
        "/sparql", params={"query": "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?p", **asked}
    )
    assert star.content == named.content and star.text.count("\n") == 3


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv;q=0.4, text/tab-separated-values;q=0.5", "text/tab-separated-values"),
        ("text/csv;q=0.5, application/sparql-results+json;q=0", "text/csv"),
        ("application/json", "application/sparql-results+json"),
        (
            "application/sparql-results+json, application/json;q=0.9",
            "application/sparql-results+json",
        ),
        ("text/*", "text/csv"),
        ("image/png, */*;q=0.1", "application/sparql-results+json"),
        ("application/sparql-results+xml; charset=utf-8", "application/sparql-results+xml"),
    ],
)
def test_the_wish_decides(made_up: TestClient, accept: str, media_type: str) -> None:
    """Section 12.5.1 of RFC 9110."""
    asked = {"query": "SELECT * { ?s ?p ?o }"}
    answer = made_up.get("/sparql", params=asked, headers={"Accept": accept})
    assert answer.status_code == 200
    told = answer.headers["content-type"]
    assert told.partition(";")[0] == media_type
    assert ("charset=utf-8" in told) == media_type.startswith("text/")
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        ("SELECT * { ?s ?p ?o }", "text/turtle"),
        ("SELECT * { ?s ?p ?o }", "application/trig, image/*"),
        ("SELECT * { ?s ?p ?o }", "*/*;q=0"),
        (TRIPLES, "text/csv"),
        (TRIPLES, "application/sparql-results+json"),
    ],
)
def test_a_wish_that_cannot_be_granted(made_up: TestClient, query: str, accept: str) -> None:
    """406, with what there is."""
    answer = made_up.get("/sparql", params={"query": query}, headers={"Accept": accept})
    assert answer.status_code == 406
    assert len(answer.json()["accepted"]) >= 5


@pytest.mark.parametrize(
    "media_type",
    [
        "text/turtle",
        "application/n-triples",
        "application/rdf+xml",
        "application/ld+json",
        "application/trig",
        "application/n-quads",
    ],
)
def test_triples_in_six_formats(made_up: TestClient, media_type: str) -> None:
    """By Accept and by `format`; as quads, a graph is the default graph."""
    expected = {
        ox.Triple(quad.subject, quad.predicate, quad.object)
        for quad in ox.parse(answered(made_up, TRIPLES, "nt"), ox.RdfFormat.N_TRIPLES)
    }
    assert len(expected) == 2
    for given, headers in [
        ({"query": TRIPLES}, {"Accept": media_type}),
        ({"query": TRIPLES, "format": media_type}, {}),
    ]:
        answer = made_up.get("/sparql", params=given, headers=headers)
        assert answer.headers["content-type"].partition(";")[0] == media_type
        quads = list(ox.parse(answer.content, ox.RdfFormat.from_media_type(media_type)))
        assert {quad.triple for quad in quads} == expected
        assert {quad.graph_name for quad in quads} == {ox.DefaultGraph()}


@pytest.mark.parametrize(
    ("query", "names", "media_type"),
    [
        ("ASK {}", "json srj JSON application/sparql-results+json", "sparql-results+json"),
        ("ASK {}", "xml srx sparql-results+xml", "sparql-results+xml"),
        ("ASK {}", "tsv text/tab-separated-values", "tab-separated-values"),
        (TRIPLES, "turtle ttl text/turtle", "turtle"),
        (TRIPLES, "nt n-triples ntriples", "n-triples"),
        (TRIPLES, "xml rdf rdf+xml", "rdf+xml"),
        (TRIPLES, "json jsonld json-ld application/ld+json", "ld+json"),
        (TRIPLES, "trig application/trig", "trig"),
        (TRIPLES, "nq n-quads nquads", "n-quads"),
    ],
)
def test_names_of_formats(made_up: TestClient, query: str, names: str, media_type: str) -> None:
    """What clients write in `format`; a plus sign that was not escaped arrives as a space."""
    for name in not_empty(names.split()):
        for address in (
            f"query={query}&format={name}",
            f"format={name.replace('+', '%2B')}&query={query}",
        ):
            told = made_up.get(f"/sparql?{address}").headers["content-type"]
            assert told.partition(";")[0].endswith(f"/{media_type}"), name


def test_head_and_other_origins(made_up: TestClient) -> None:
    """A HEAD has the headers of the GET; a page of any origin may ask."""
    asked = {"query": "SELECT * { ?s ?p ?o }", "format": "csv"}
    got, head = made_up.get("/sparql", params=asked), made_up.head("/sparql", params=asked)
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(got.headers)
    assert int(head.headers["content-length"]) == len(got.content)
    again = made_up.get("/sparql", params=asked, headers={"If-None-Match": got.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    preflight = {"Origin": "http://a.example", "Access-Control-Request-Method": "POST"}
    answer = made_up.options("/sparql", headers=preflight)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "Content-Type" in answer.headers["access-control-allow-headers"]
    for name in ("sparql?query=ASK%7B", "graphs?graph=x"):
        assert made_up.get(f"/{name}").headers["access-control-allow-origin"] == "*"
