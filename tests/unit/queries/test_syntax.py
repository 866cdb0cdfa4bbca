"""A query with an error is told the line, the column, and what was expected there."""

from __future__ import annotations

import io
import re

import pyoxigraph as ox
import pytest

from ontology.errors import QueryRefused
from queries.engine.dataset import Dataset, load_dataset
from queries.engine.interface import RESULTS_JSON, Question
from queries.sparql.syntax_errors import syntax_message
from tests.fixtures.stopwatch import processor_s

LONGEST_S = 3.0

BROKEN = [
    ("SELECT ?x WHERE { ?x foaf:name ?n }", 1, 22, "PREFIX foaf: <…>"),
    ("PREFIX a: <x:>\nSELECT * {\n  ?x a:b ?n FILTER(xsd:date(?n)) }", 3, 20, "PREFIX xsd: <…>"),
    ("SELECT ?x WHERE { ?x a ?y", 1, 26, '"}"'),
    ("SELECT ?x WHERE ?x a ?y }", 1, 17, '"{"'),
    ("SELECT ?x WHERE { ?x a ?y } }", 1, 29, "the end of the query"),
    ("SELECT ?x WHERE { ?x a ?y\n  ?x a ?z }", 2, 3, '"."'),
    ("SELECT ?x WHERE { ?x <x:p> }", 1, 28, "a variable, a name or a value"),
    ("SELECT ?x { ?x a ?y FILTER(SUBSTRING(?y, 1) = 'a') }", 1, 28, "Did you mean SUBSTR?"),
    ("SELECT (LENGTH(?x) AS ?n) { ?x a ?y }", 1, 9, "no function LENGTH"),
    ('SELECT ?x { ?x a "abc }', 1, 18, "has no end"),
    ('SELECT ?x { ?x a "\\', 1, 18, 'has no end; expected " after it'),
    ("SELECT ?x { ?x a 'abc\\", 1, 18, "has no end; expected ' after it"),
    ("SELECT ?x { ?x a \\ }", 1, 18, "cannot stand here"),
    ("SELECT ?a ?b ?a { ?a ?b ?c } LIMIT 0", 1, 14, "?a is selected twice"),
    ("SELECT ?a (1 AS ?a) { ?b ?b ?c }", 1, 17, "?a is selected twice"),
    ('SELECT ?x { ?x a """abc }\n', 1, 18, '"""'),
    ("SELECT ?x {\n  ?x a <http://x ;\n}", 2, 8, "the address that begins here has no end"),
    ("SELECT ?x { ?x a <http://x y> }", 1, 18, "a space"),
    ("SELECT ?x { ?x a ?y } GROUP BY", 1, 31, "a variable"),
    ("SELECT ?x { ?x a ?y } GROUP BY ?x + 1", 1, 35, "ORDER BY"),
    ("SELECT ?x (COUNT(?y) AS ?n) { ?x a ?y }", 1, 8, "GROUP BY"),
    ("SELECT ?x (COUNT(?y) AS ?n) { ?x a ?y } GROUP BY ?y", 1, 8, "SAMPLE(?x)"),
    ("SELECT * { ?x a ?y } GROUP BY ?x", 1, 8, "the variables that are grouped"),
    ("SELECT * { ?x a ?y FILTER(COUNT(?x) > 0) }", 1, 27, "in FILTER; expected HAVING"),
    ("SELECT ?x { ?x a ?y BIND(SUM(?y) AS ?z) }", 1, 26, "in BIND; expected SELECT ("),
    ("ASK { { SELECT ?x { ?x a ?y FILTER(MAX(?y) > 1) } } }", 1, 36, "expected HAVING"),
    ("SELECT ?x { ?x a ?y } LIMIT ten", 1, 29, "a whole number"),
    ("SELECT ?x { ?x a ?y } LIMIT -1", 1, 29, "a whole number"),
    ("SELECT ?x ORDER BY ?x { ?x a ?y }", 1, 11, '"{"'),
    ("SELECT (COUNT(?x)) { ?x a ?y }", 1, 18, "AS"),
    ("SELECT COUNT(?x) AS ?n { ?x a ?y }", 1, 8, "(COUNT(…) AS ?name)"),
    ("SELECT ?x { ?x a ?y BIND(1 AS ?x) }", 1, 31, "a new variable"),
    ("SELECT ?x { ?x a ?y FILTER ?y > 1 }", 1, 28, '"("'),
    ("PREFIX foaf <x:> SELECT * {}", 1, 8, "its colon"),
    ("SELECT ?x, ?y { ?x a ?y }", 1, 10, "spaces between"),
    ("SELECT ?x { ?x a ?y OPTINAL { ?x a ?z } }", 1, 21, "Did you mean OPTIONAL?"),
    ("SELECT ?x WERE { ?x a ?y }", 1, 11, "Did you mean WHERE?"),
    ("SELECT ?x { ?x a ?y FILTER(?y = 1 }", 1, 35, '")"'),
    ("SELECT ?x { ?x a ?y FILTER(?y == 1) }", 1, 32, "an expression"),
    ("SELECT ?x { _:a a ?y OPTIONAL { _:a a ?z } }", 1, 33, "a label of its own"),
    ("SELECT ?x { ?x a 'é😀' }}", 1, 24, "the end of the query"),
    ("ASK {", 1, 6, '"}"'),
    ("SELECT <x:a> { ?x a ?y }", 1, 8, "a variable"),
    ("SELECT * { ?x a <http://[> }", 1, 17, "this is not an address"),
    ("SELECT * { ?x a ?y FILTER(STR > 1) }", 1, 31, 'expected "("'),
    ("SELECT (?x + 1 AS ?n) (COUNT(?y) AS ?m) { ?x a ?y }", 1, 1, "GROUP BY"),
    ("ASK # {\r\n{ ?s ?p }", 2, 9, "a variable, a name or a value"),
]


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Return a dataset of one triple."""
    path = tmp_path_factory.mktemp("one") / "one.nq"
    path.write_text("<x:a> <x:b> <x:c> .\n", encoding="utf-8")
    return Dataset(load_dataset(path))


@pytest.mark.parametrize(("query", "line", "column", "expected"), BROKEN)
def test_the_place_and_what_was_expected(
    dataset: Dataset, query: str, line: int, column: int, expected: str
) -> None:
    """By the engine's refusal; the message shows the line with a mark under the place."""
    with pytest.raises(QueryRefused) as refused:
        dataset.answer(Question(query, RESULTS_JSON), io.BytesIO())
    message = str(refused.value)
    assert message.startswith(f"line {line}, column {column}: ")
    first, shown, mark = message.split("\n")
    assert expected in first and "expected" in first
    assert shown == f"  {query.splitlines()[line - 1]}"
    assert mark.index("^") == column + 1


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {" + "(" * 100 + " " * 99_000,
        "SELECT " + "x." * 20_000 + ":",
        "SELECT " + "1" * 40_000,
        "SELECT " + '"""a' * 10_001,
        "SELECT * {" + "x:a." * 10_000,
        "<a" * 20_000,
        "_:a" + "." * 40_000,
        "SELECT * { " + "BIND(1 AS ?x) " * 2_000 + "}",
    ],
)
def test_no_text_takes_long_to_be_explained(query: str) -> None:
    """The time grows with the length of a text and no faster."""

    def explained() -> None:
        with pytest.raises(SyntaxError) as refused:
            ox.Store().query(query)
        assert re.match(r"line 1, column \d+: ", syntax_message(query, str(refused.value)))

    assert processor_s(explained) < LONGEST_S
