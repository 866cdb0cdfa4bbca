"""A table as CSV: the engine's own, but for addresses with a comma, which it leaves bare."""

import csv
import io

import pyoxigraph as ox
import pytest

from queries.engine.csv_rows import CsvRows
from queries.engine.dataset import Dataset
from queries.engine.interface import Question

VALUES = (
    r'"a" "a, b" "a\"b\"" "a\tb" "a\nb\r" "a\\tb" "" "é\u2028" "a"@en "a,b"@en-GB "\b\f"',
    '7 1.50 1e3 true "01"^^<x:int> "x,y"^^<x:type> <x:a> <x:é> UNDEF',
)
QUERY = "SELECT ?a ?b {{ VALUES ?a {{ {} }} VALUES ?b {{ {} }} }}"


def engine_writes(query: str, form: ox.QueryResultsFormat) -> bytes:
    """Return an answer as the engine writes it."""
    result = ox.Store().query(query)
    assert isinstance(result, ox.QuerySolutions)
    told = result.serialize(format=form)
    assert told is not None
    return told


def written(query: str, size: int) -> bytes:
    """Return an answer whose TSV came in pieces of so many bytes."""
    told = engine_writes(query, ox.QueryResultsFormat.TSV)
    output = io.BytesIO()
    rows = CsvRows(output)
    for start in range(0, len(told), size):
        rows.write(told[start : start + size])
    return output.getvalue()


@pytest.mark.parametrize("size", [1, 7, 10_000])
@pytest.mark.parametrize("query", [QUERY.format(*VALUES), "SELECT * {}", "SELECT ?a {} LIMIT 0"])
def test_values_are_written_as_the_engine_writes_them(query: str, size: int) -> None:
    """In whatever pieces they come."""
    assert written(query, size) == engine_writes(query, ox.QueryResultsFormat.CSV)


def test_an_address_with_a_comma_is_one_cell() -> None:
    """As are its neighbours."""
    output = io.BytesIO()
    query = 'SELECT ?a ?b { VALUES (?a ?b) { (<x:d#char=1,2> "a, b") (<x:d> 1) } }'
    Dataset(ox.Store()).answer(Question(query, "text/csv"), output)
    rows = list(csv.reader(io.StringIO(output.getvalue().decode(), newline="")))
    assert rows == [["a", "b"], ["x:d#char=1,2", "a, b"], ["x:d", "1"]]
