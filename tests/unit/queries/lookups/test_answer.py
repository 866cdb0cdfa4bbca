"""A look-up answered from the table has the bytes of the engine's own answer."""

from __future__ import annotations

import pytest

from queries.engine.interface import RESULTS_JSON, Question
from queries.lookups.answer import answer
from queries.lookups.table import MOST_ROWS, TableReader
from tests.fixtures.datasets.made_up_lookups import Made, answered, made_graph, table_of
from tests.fixtures.guards import replaced

M = "PREFIX m: <http://example.org/made-up/> "


@pytest.fixture(scope="module")
def made() -> Made:
    """Return the made-up graph."""
    return made_graph()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { <http://example.org/made-up/s1> ?p ?o }",
        M + "SELECT ?p ?o WHERE { m:s1 ?p ?o } LIMIT 3",
        M + "SELECT ?s { ?s m:next m:s1 } # asked by a test",
        M + "SELECT ?s { ?s m:next m:s1 } LIMIT 2#asked by a test",
        M + "SELECT ?p ?o { m:s1 ?p ?o } LIMIT 2 OFFSET 1#7",
        M + 'SELECT ?s ?next { ?s m:p0 "colour"@en-gb ; m:next ?next }',
        M + "SELECT ?next ?first { m:s3 m:next ?next OPTIONAL { m:s3 m:p0 ?first } }",
        M + "ASK { m:s1 a m:Kind1 }",
        M + "SELECT DISTINCT ?o { m:s1 m:p0 ?o . }",
        M + "select $o { m:s1 m:p0 $o ; a m:Kind1 . } offset 1",
    ],
)
def test_shapes_are_recognised(made: Made, query: str) -> None:
    """A look-up of each shape is answered from the table."""
    found = answer(made.table, query, RESULTS_JSON)
    assert found == answered(made.dataset, Question(query, RESULTS_JSON))


@pytest.mark.parametrize(
    "query",
    [
        M + "SELECT * { m:s1 ?p ?o . ?o ?q ?r }",
        M + "SELECT * { m:s1 ?p ?p }",
        M + "SELECT * { m:s1 m:p0* ?o }",
        M + "SELECT * { m:s1 ?p ?o FILTER(?o = 1) }",
        M + "SELECT * { m:s1 ?p ?o } ORDER BY ?o",
        M + "SELECT * FROM m:graph { m:s1 ?p ?o }",
        M + "BASE <http://example.org/> SELECT * { m:s1 ?p ?o }",
        M + "SELECT (COUNT(*) AS ?n) { m:s1 ?p ?o }",
        M + "SELECT * { m:unknown ?p ?o }",
        M + "SELECT * { <http://example.org/made-up/./s1> ?p ?o }",
        M + "SELECT * { ?s ?p ?o }",
        "SELECT * { m:s1 ?p ?o }",
    ],
)
def test_everything_else_is_left(made: Made, query: str) -> None:
    """What is no look-up, or names what the table does not hold, goes to the engine."""
    assert answer(made.table, query, RESULTS_JSON) is None


def test_what_has_many_rows_is_left() -> None:
    """A subject with more facts than an answer may have rows is the engine's."""
    name = "<http://example.org/made-up/{}>".format
    lines = [f"{name('s')} {name('p')} {name(number)} ." for number in range(MOST_ROWS + 1)]
    table = table_of("\n".join(lines).encode())
    assert answer(table, f"SELECT * {{ {name('s')} {name('p')} ?o }}", RESULTS_JSON) is None
    assert answer(table, f"SELECT * {{ ?s {name('p')} {name(7)} }}", RESULTS_JSON) is not None


@pytest.mark.parametrize("name", [b"<http://example.org/s>", b"<http://example.org/o>"])
def test_a_graph_with_blank_nodes_has_no_table(name: bytes) -> None:
    """Their names do not last."""
    line = b"<http://example.org/s> <http://example.org/p> <http://example.org/o> .\n"
    assert table_of(line).facts
    reader = TableReader()
    assert reader.add(replaced(line, name, b"_:b")) == 1
    assert reader.table() is None
