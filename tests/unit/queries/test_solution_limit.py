"""A query with a limit of solutions finds the first of those it would find without."""

import pyoxigraph as ox
import pytest

from queries.catalogue import catalogue
from queries.sparql.query_inspection import inspect_query
from queries.sparql.solution_limit import with_limit
from tests.fixtures.guards import not_empty

STORE = ox.Store()
STORE.extend(
    ox.Quad(ox.NamedNode(f"x:{number:02}"), ox.NamedNode("x:limit"), ox.Literal(number % 3))
    for number in range(12)
)
QUERIES = (
    "SELECT ?s { ?s ?p ?o } ORDER BY ?s",
    "SELECT ?s { ?s ?p ?o } ORDER BY ?s # LIMIT 2",
    "SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 4",
    "SELECT ?s { ?s ?p ?o } ORDER BY ?s limit 11 OFFSET 2",
    "SELECT ?s { ?s ?p ?o } ORDER BY ?s OFFSET 2 LIMIT 3",
    "SELECT ?s { { SELECT * { ?s ?p ?o } ORDER BY ?s LIMIT 8 } } ORDER BY ?s",
    "SELECT ?s { ?s ?p ?o } ORDER BY ?s VALUES ?o { 0 1 }",
    "SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 10 VALUES ?o { 0 1 }",
    "SELECT ?s { ?s ?p ?o VALUES ?o { 0 1 } } ORDER BY ?s",
    "PREFIX limit: <x:> SELECT ?s { ?s limit:limit ?o } ORDER BY ?s",
    "SELECT ?limit { ?limit ?values ?o FILTER(STR(?o) != 'LIMIT 1 }') } ORDER BY ?limit",
    "SELECT ?o (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?o HAVING(COUNT(*) > 1) ORDER BY ?o",
    "BASE <x:> SELECT ?s { ?s <limit> ?o }\nORDER BY ?s\n#",
)


def rows(text: str) -> list[list[str]]:
    """Return the rows that a query finds, in order."""
    found = STORE.query(text)
    assert isinstance(found, ox.QuerySolutions)
    return [[str(row[name]) for name in found.variables] for row in found]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("most", [1, 2, 3, 7, 100])
def test_the_first_are_found(query: str, most: int) -> None:
    """At most so many, and what the query leaves out itself stays left out."""
    whole = rows(query)
    assert rows(with_limit(query, most)) == whole[:most] != []


def test_every_question_of_the_catalogue_can_be_bounded() -> None:
    """No modifier, comment or bracket of a real query stands in the way."""
    for name, query in not_empty(list(catalogue().items())):
        if not inspect_query(query.text).gives_triples:
            bounded = with_limit(query.text, 1)
            assert len(rows(bounded)) <= 1 and bounded != query.text, name


@pytest.mark.parametrize("query", ["SELECT ?s { ?s ?p ?o } OFFSET 1LIMIT2", "SELECT ?s {} LIMIT x"])
def test_what_cannot_be_told_from_a_limit_stays(query: str) -> None:
    """The engine decides what it means."""
    assert with_limit(query, 1) == query
