"""Where the engine and SPARQL differ, the answer is that of SPARQL, or there is none."""

from __future__ import annotations

import io
import json
import random
import shlex
import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import cast

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.query import ResultRow
from starlette.testclient import TestClient

from ontology.errors import QueryRefused
from queries.engine.dataset import Dataset, complete, load_dataset, unite
from queries.engine.interface import EVERYTHING, RESULTS_JSON, Question
from tests.fixtures.guards import not_empty
from tests.fixtures.shared import small_inputs

GRAPH = "https://w3id.org/council-interventions/graph/"
RDF_XML, SRX = "application/rdf+xml", "application/sparql-results+xml"


def answered(dataset: Dataset, query: str, media_type: str = RESULTS_JSON) -> bytes:
    """Return an answer whole, as a worker would send it."""
    output = io.BytesIO()
    dataset.answer(Question(query, media_type), output)
    return output.getvalue()


def values(dataset: Dataset, query: str) -> list[list[str | None]]:
    """Return the values of the rows of an answer; None where there is none."""
    results = json.loads(answered(dataset, query))
    names = results["head"]["vars"]
    return [
        [row[name]["value"] if name in row else None for name in names]
        for row in results["results"]["bindings"]
    ]


@pytest.fixture(scope="module")
def nothing() -> Dataset:
    """Return a dataset without a triple."""
    return Dataset(ox.Store())


@pytest.mark.parametrize(
    ("call", "value"),
    [
        (r'REPLACE("20 April", "([0-9]+) ", "$1th ")', "20th April"),
        (r'REPLACE("a", "a", "\\$5")', "$5"),
        (r'REPLACE("a", "a", "\\\\")', "\\"),
        (r'REPLACE("ab", "(a)(b)", "$2$1$3.")', "ba."),
        (r'REPLACE("ab", "(a)", "$12")', "a2b"),
        (r'REPLACE("abc", "b", "[$0]")', "a[b]c"),
        (r'REPLACE("a.b", ".", "\\$", "q")', r"a\$b"),
        (r'REPLACE("A a", "a", "$0$0", "i")', "AA aa"),
        (r'REPLACE("abcd", "B\tC", "-", "ix")', "a-d"),
        (r"""REPLACE('it''s', "'", "")""".replace("''", "\\'"), "its"),
        ('REPLACE("a\\u00e9", """\\u00E9""", "e")', "ae"),
        (r'REPLACE(REPLACE("abc", "a", "$0$0"), "(b)", "$1x")', "aabxc"),
        (r'REGEX("abc", "^[a-z-[aeiou]]")', "false"),
        (r'REGEX("bcd", "^[a-z-[aeiou]]+$")', "true"),
        (r'REGEX("-", "^[^a-z-[aeiou]]$")', "true"),
        (r'REGEX("A", "^[^a-z-[A]]$")', "false"),
        (r'REGEX("a&b", "[a&&b]&")', "true"),
        (r'REGEX("~", "[a~~b]")', "true"),
        (r'REGEX("a b", "A\\sB", "i")', "true"),
        (r'REGEX("a\u00a0b", "a\\sb")', "false"),
        (r'REGEX("$a", "^\\w+$")', "true"),
        (r'REGEX("a-b", "^\\w+$")', "false"),
        (r'REGEX("a#b", "a # b", "x")', "true"),
        (r'REGEX("a b", "a[ ]b", "x")', "true"),
        (r'REGEX("Äé", "^\\p{Lu}\\p{Ll}$")', "true"),
        (r'REGEX("a\nb", "a.b")', "false"),
        (r'REGEX("a\nb", "a.b", "s")', "true"),
        (r'REGEX("x1", "\\b[a-z]\\d")', "true"),
        ("LANG(GROUP_CONCAT(?x))", ""),
        ('GROUP_CONCAT(?x; SEPARATOR="|")', "a|b"),
        ("LANG(GROUP_CONCAT(DISTINCT ?x))", ""),
    ],
)
def test_functions_give_what_sparql_says(nothing: Dataset, call: str, value: str) -> None:
    """Patterns and replacements are those of XPath, and a group that is joined is a plain text."""
    values_of_x = ' { VALUES ?x { "a"@en "b"@en } }' if "GROUP_CONCAT" in call else " {}"
    assert values(nothing, f"SELECT ({call} AS ?value){values_of_x}") == [[value]]
    if "GROUP_CONCAT" not in call and "true" not in value and "false" not in value:
        assert values(nothing, f"SELECT * {{ BIND({call} AS ?value) }}") == [[value]]


COMPUTED = [
    ("20 April", "([0-9]+) ", "$1th ", "", "20th April"),
    ("a", "A", r"\$", "i", "$"),
    ("a", "(", "b", "", None),
    ("a", "a*", "b", "", None),
    ("a", "a", "$", "", None),
    ("a", "a", "b", "k", None),
    ("A b", "a B", "-", "ix", "A b"),
    ("Ab", "a B", "-", "ix", "-"),
    ("bad", "[a-z-[aeiou]]", "-", "", "-a-"),
]


def test_functions_of_values_that_only_the_query_knows(nothing: Dataset) -> None:
    """What XPath calls an error is one of that row alone."""
    rows = " ".join(
        f"({' '.join(ox.Literal(value).__str__() for value in row[:4])})" for row in COMPUTED
    )
    query = f"SELECT (REPLACE(?t, ?p, ?r, ?f) AS ?v) {{ VALUES (?t ?p ?r ?f) {{ {rows} }} }}"
    assert values(nothing, query) == [[row[4]] for row in COMPUTED]
    matched = 'SELECT ?p { VALUES ?p { "^[b-d-[c]]" "(" "x" } FILTER REGEX("bcd", ?p) }'
    assert values(nothing, matched) == [["^[b-d-[c]]"]]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        (r'ASK { FILTER REGEX("aa", "(.)\\1") }', "back reference"),
        (r'SELECT * { VALUES ?p { "(.)\\1" } FILTER REGEX("aa", ?p) }', "back reference"),
        (r'ASK { FILTER(REPLACE("aa", "(.)\\1", "b") = "b") }', "back reference"),
        (r'ASK { FILTER REGEX("a", "\\i\\c*") }', "names in XML"),
        (r'ASK { FILTER REGEX("a", "\\p{IsGreek}") }', "block of characters"),
        (r'ASK { FILTER REGEX("a", "(") }', "end of a group"),
        (r'ASK { FILTERREGEX("a", "[[:alpha:]]") }', "no class that XPath has"),
        (r'ASK { FILTER REGEX("a", "a", "k") }', "no flag 'k'"),
        (r'ASK { FILTER REGEX("a", "(?=a)") }', "no group that XPath has"),
        (r'ASK { FILTER REGEX("a", "a**") }', "cannot stand behind"),
        (r'ASK { FILTER REGEX("a", "(a{1000}){1000}") }', "no room"),
        (r'SELECT (REPLACE("a", "x*", "-") AS ?x) {}', "matches an empty text"),
        (r'SELECT (REPLACE("a", "a", "$") AS ?x) {}', "expected a digit"),
        (r'SELECT (REPLACE("a", "a", "\\n") AS ?x) {}', r"expected \\ or \$"),
        ('SELECT (BNODE("a") AS ?x) (BNODE("a") AS ?y) {}', "BNODE(text)"),
        ("SELECT * { ?s ?p ?o FILTER(?o<REPLACE#>\n('a','a','b')) }", "comparison"),
        ('SELECT (REPLACE("a", REPLACE("a", "a", "b"), ?x) AS ?y) {}', "BIND"),
    ],
)
def test_what_the_engine_cannot_say_is_refused(nothing: Dataset, query: str, told: str) -> None:
    """With the reason, and never answered with something else."""
    with pytest.raises(QueryRefused) as refused:
        answered(nothing, query)
    assert told in str(refused.value)


def test_an_error_is_told_in_the_words_of_the_query_as_it_was_sent(nothing: Dataset) -> None:
    """Its place is that in the text of the client, whatever was written for the engine."""
    query = 'SELECT (REPLACE("a", "(a)", "$1") AS ?x)\n  (GROUP_CONCAT(?x) ?y) {}'
    with pytest.raises(QueryRefused, match=r"^line 2, column 21: '\?y' cannot stand here"):
        answered(nothing, query)


def test_a_text_gives_another_node_in_another_solution(nothing: Dataset) -> None:
    """And what is no plain text gives none."""
    query = 'SELECT ?n { VALUES ?x { "a" "a" 1 "a"@en } BIND(BNODE(?x) AS ?n) }'
    first, second, *others = [row[0] for row in values(nothing, query)]
    assert first and second and first != second and others == [None, None]
    made = 'CONSTRUCT { ?b <urn:p> ?x } { VALUES ?x { 1 2 } BIND(BNODE("a") AS ?b) }'
    lines = answered(nothing, made, "application/n-triples").decode().split("\n")
    assert len({line.split(" ")[0] for line in lines if line}) == 2


PIECES = ["a", "b", "[ab]", "[^a]", ".", "(a|b)", "(b)", "a+", r"\d", r"\s", "c{2}", "(?:ab)"]


_WRITTEN = {"True": "true", "False": "false"}


def judged(query: str) -> list[list[str]]:
    """Return the values of the rows that rdflib answers, truth values as SPARQL writes them."""
    rows = cast(Iterable[ResultRow], Graph().query(query))
    return [[_WRITTEN.get(str(value), str(value)) for value in row] for row in rows]


def test_patterns_match_as_with_rdflib(nothing: Dataset) -> None:
    """On what Python and XPath understand alike; a group that is not there is left out."""
    chance = random.Random(3)
    for _ in range(60):
        pattern = "".join(chance.choice(PIECES) for _ in range(chance.randrange(1, 4)))
        text = "".join(chance.choice("abc 1") for _ in range(6))
        replacement = "$1y" if pattern.startswith(("(a", "(b")) else "z"
        terms = [str(ox.Literal(value)) for value in (text, pattern, replacement)]
        for call in (f"REGEX({', '.join(terms[:2])})", f"REPLACE({', '.join(terms)})"):
            query = f"SELECT ({call} AS ?value) {{}}"
            assert values(nothing, query) == judged(query), query


TRIPLES = [
    (f"x:{subject}", f"x:{name}", value)
    for subject in "ab"
    for name in "pq"
    for value in ("1", "2", "3")
]
NAMES = ["resolved", "reference/one", "source/a", "source/b", "source/c"]


def write_graphs(path: Path, chance: random.Random) -> dict[str, set[tuple[str, str, str]]]:
    """Write a dataset whose graphs share triples, and return what each holds."""
    held = {f"{GRAPH}{name}": set(chance.sample(TRIPLES, 7)) for name in NAMES}
    lines = [f'<{s}> <{p}> "{o}" <{g}> .\n' for g in held for s, p, o in sorted(held[g])]
    path.write_text("".join(lines), encoding="utf-8")
    return held


def counted_by_rdflib(triples: set[tuple[str, str, str]], query: str) -> list[list[str]]:
    """Return what rdflib says of a graph that holds each triple once."""
    graph = Graph()
    for subject, name, value in triples:
        graph.add((URIRef(subject), URIRef(name), Literal(value)))
    rows = cast(Iterable[ResultRow], graph.query(query))
    return sorted([str(value) for value in row] for row in rows)


@pytest.mark.parametrize("is_on_disk", [False, True])
def test_several_graphs_are_one_graph(tmp_path: Path, *, is_on_disk: bool) -> None:
    """A triple in two of them counts once, in every kind of query, and nothing is changed by it."""
    chance = random.Random(7)
    path = tmp_path / "data.nq"
    held = write_graphs(path, chance)
    store = complete(load_dataset(path, into=tmp_path / "store" if is_on_disk else None))
    if is_on_disk:
        unite(store).flush()
        del store
        store = ox.Store.read_only(str(tmp_path / "store"))
    dataset = Dataset(store)
    before = sorted(map(str, store))
    for query in (
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o } GROUP BY ?s",
        "SELECT ?s ?o ?r { ?s <x:p> ?o . ?s <x:q> ?r }",
        "SELECT ?s { { ?s <x:p> ?o } UNION { ?s <x:q> ?o } }",
        "SELECT DISTINCT ?o { ?s ?p ?o }",
    ):
        for among in (list(held), *(chance.sample(list(held), size) for size in (2, 2, 3, 4))):
            clause = " ".join(f"FROM <{graph}>" for graph in (*among, among[0]))
            asked = query.replace("{", f"{clause} {{", 1)
            expected = counted_by_rdflib(set().union(*(held[graph] for graph in among)), query)
            assert sorted(values(dataset, asked)) == expected, asked
    everything = f"SELECT (COUNT(*) AS ?n) FROM <{EVERYTHING}> {{ ?s ?p ?o }}"
    assert values(dataset, everything) == [[str(len(set().union(*held.values())))]]
    names = f"FROM <{EVERYTHING}> FROM NAMED <{EVERYTHING}>"
    both = f"SELECT (COUNT(*) AS ?n) {names} {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    assert values(dataset, both) == [[str(sum(map(len, held.values())))]]
    every = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert values(dataset, every) == [[str(sum(map(len, held.values())))]]
    assert sorted(map(str, store)) == before


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("CONSTRUCT", "application/n-triples"),
        ("SELECT DISTINCT *", "text/csv"),
        ("ASK", RESULTS_JSON),
        ("DESCRIBE ?s", "application/n-triples"),
    ],
)
def test_everything_is_all_graphs_and_no_more(tmp_path: Path, form: str, media_type: str) -> None:
    """What is found in all of them at once is what is found in one after the other."""
    path = tmp_path / "data.nq"
    held = write_graphs(path, random.Random(7))
    dataset = Dataset(complete(load_dataset(path)))
    each = " ".join(f"FROM <{graph}>" for graph in held)
    for pattern in ("?s <x:p> ?o", "?s <x:p> ?o . ?s <x:q> ?r", "?s <x:none> ?o"):
        at_once, in_turn = (
            answered(dataset, f"{form} {clause} WHERE {{ {pattern} }}", media_type)
            for clause in (f"FROM <{EVERYTHING}>", each)
        )
        assert sorted(at_once.splitlines()) == sorted(in_turn.splitlines())
    named = f"ASK FROM <{EVERYTHING}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    assert json.loads(answered(dataset, named))["boolean"] is False


def test_a_relative_graph_is_the_same_by_from_and_by_graph(tmp_path: Path) -> None:
    """Both are relative to what the query declares, or else to the address of the service."""
    path = tmp_path / "data.nq"
    path.write_text(f"<x:a> <x:b> <x:c> <{GRAPH}source/a> .\n", encoding="utf-8")
    dataset = Dataset(complete(load_dataset(path)))
    for base, name in (("", "graph/source/a"), (f"BASE <{GRAPH}x> ", "source/a")):
        by_from = values(dataset, f"{base}SELECT ?s FROM <{name}> {{ ?s ?p ?o }}")
        by_graph = values(dataset, f"{base}SELECT ?s {{ GRAPH <{name}> {{ ?s ?p ?o }} }}")
        assert by_from == by_graph == [["x:a"]]


@pytest.mark.parametrize(
    ("query", "media_type", "told"),
    [
        (r'SELECT ("a\u0001b" AS ?x) {}', SRX, "U+0001"),
        (r'SELECT ("a\u001Fb" AS ?x) {}', SRX, "U+001F"),
        (r'SELECT ("a\uFFFEb" AS ?x) {}', SRX, "U+FFFE"),
        (r'CONSTRUCT { <x:a> <x:b> "a\u0008b" } {}', RDF_XML, "U+0008"),
        ('CONSTRUCT { <http://x/a> <http://x/1> "b" } {}', RDF_XML, "text/turtle"),
        ('CONSTRUCT { <http://x/a> <http://x/b#> "b" } {}', RDF_XML, "text/turtle"),
        ("CONSTRUCT { <http://x/a> a <http://x/2> } {}", RDF_XML, "text/turtle"),
        ('CONSTRUCT { <x:a> <http://www.w3.org/2000/xmlns/b> "c" } {}', RDF_XML, "text/turtle"),
    ],
)
def test_what_xml_cannot_say_is_refused(
    nothing: Dataset, query: str, media_type: str, told: str
) -> None:
    """With another format to ask for, in which the same query is answered."""
    with pytest.raises(QueryRefused) as refused:
        answered(nothing, query, media_type)
    assert told in str(refused.value) and media_type not in refused.value.accepted
    other = "text/turtle" if media_type == RDF_XML else RESULTS_JSON
    assert other in refused.value.accepted and answered(nothing, query, other)


def holds_a_result(error: BaseException | None) -> bool:
    """Return whether a frame that an error or its cause went through still holds a result."""
    if error is None:
        return False
    results = (ox.QuerySolutions, ox.QueryTriples)
    frames = traceback.walk_tb(error.__traceback__)
    held = (value for frame, _ in frames for value in frame.f_locals.values())
    return any(isinstance(value, results) for value in held) or holds_a_result(error.__context__)


@pytest.mark.parametrize(
    ("query", "media_type"),
    [
        ('CONSTRUCT { <x:a> <http://www.w3.org/2000/xmlns/b> "c" } {}', RDF_XML),
        (r'SELECT ("a\u0001b" AS ?x) {}', SRX),
        (r'SELECT ?x { VALUES ?p { "(.)\\1" } BIND(REGEX("aa", ?p) AS ?x) }', "text/csv"),
    ],
)
def test_an_error_keeps_no_result(nothing: Dataset, query: str, media_type: str) -> None:
    """The engine lets one go only in the thread that made it; an error may go to another."""
    with pytest.raises(QueryRefused) as refused:
        answered(nothing, query, media_type)
    assert not holds_a_result(refused.value)


def test_a_return_stays_one_in_xml(nothing: Dataset) -> None:
    """A reader would take it for the end of a line."""
    text = "a\r\nb\rc"
    results = answered(nothing, f"SELECT ({ox.Literal(text)} AS ?x) {{}}", SRX)
    rows = ox.parse_query_results(results, ox.QueryResultsFormat.XML)
    assert isinstance(rows, ox.QuerySolutions)
    assert [row[0] for row in rows] == [ox.Literal(text)]
    graph = answered(nothing, f"CONSTRUCT {{ <x:a> <x:b> {ox.Literal(text)} }} {{}}", RDF_XML)
    assert [str(value) for value in Graph().parse(data=graph, format="xml").objects()] == [text]


CASES: dict[str, str | None] = {
    "sparql-bnode-of-text": "2 nodes",
    "sparql-group-concat-language": "l\r\n\r\n",
    "sparql-regex-back-reference": None,
    "sparql-replace-escaped-dollar": "x\r\n$5\r\n",
    "sparql-replace-group-before-letters": "x\r\n20th April\r\n",
    "xml-predicate-ending-in-digits": None,
    "xml-results-control-character": None,
}
"""What each of the small inputs gives; None for a plain refusal."""


def test_small_inputs_of_others(client: TestClient) -> None:
    """The command of each, with the value that its words ask for, or a refusal."""
    found = small_inputs("sparql-*", "xml-*")
    assert {case.name for case in not_empty(found)} == set(CASES)
    for case in found:
        words = shlex.split((case / "README").read_text("utf-8").partition(" | got")[0])
        accept = next(word for word in words if word.startswith("Accept: ")).removeprefix(
            "Accept: "
        )
        given = {"query": (case / "query.rq").read_text("utf-8")}
        answer = client.post("/sparql", data=given, headers={"Accept": accept})
        expected = CASES[case.name]
        if expected is None:
            assert answer.status_code == 400, case.name
            assert answer.headers["content-type"].startswith("application/problem+json")
            assert answer.json()["detail"]
        elif expected == "2 nodes":
            assert len({line.split(" ")[0] for line in answer.text.splitlines()}) == 2
        else:
            assert (answer.status_code, answer.text) == (200, expected), case.name
