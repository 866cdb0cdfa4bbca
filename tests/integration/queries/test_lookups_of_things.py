"""What the table tells of things is what the queries of the lists folder find about them."""

from __future__ import annotations

import asyncio
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox
import pytest

from api.views.description import ask_about, statement
from data.releases import current_release
from queries.engine.dataset import Dataset, complete, load_dataset
from queries.engine.interface import (
    EVERYTHING,
    N_TRIPLES,
    WHOLE_GRAPH,
    EngineLoad,
    Gone,
    Question,
)
from queries.lookups.table import MOST_ROWS, TableReader
from queries.lookups.things import Statement, TabledEngine
from tests.fixtures.guards import not_empty

QUERIES = "triples_of", "names_of", "holders_of", "linked_to"


class Here:
    """The engine in this process."""

    load = EngineLoad(1, 0, 0)

    def __init__(self, release: Path) -> None:
        """Load a release."""
        path = current_release(release) / "data.nq"
        self._dataset = Dataset(complete(load_dataset(path, is_release=True)))

    async def answer(self, question: Question, gone: Gone | None = None) -> bytes:
        """Return the whole answer."""
        output = BytesIO()
        self._dataset.answer(question, output)
        return output.getvalue()


def asked(engine: Here | TabledEngine, text: str, *graphs: str) -> bytes:
    """Return the triples that a query finds."""
    return asyncio.run(engine.answer(Question(text, N_TRIPLES, graphs)))


@pytest.fixture(scope="module")
def tabled(release: Path) -> TabledEngine:
    """Return the engine of the small release with its table."""
    engine, reader = Here(release), TableReader()
    reader.add(asked(engine, WHOLE_GRAPH))
    table = reader.table()
    assert table is not None
    return TabledEngine(engine, table)


@pytest.mark.parametrize("name", QUERIES)
def test_the_table_tells_what_the_query_finds(tabled: TabledEngine, name: str) -> None:
    """For each thing, one twice and one that nobody knows among them."""
    every = [term[1:-1] for term in tabled.table.terms if term.startswith("<http")]
    _, left = tabled.statements(name, every)
    assert len(left) < len(not_empty(every)) * 0.1
    few = [item for item in every if item not in left]
    items = [*few, few[0], "http://example.org/nobody-knows"]
    expected = _read(asked(tabled, ask_about(name, items)))
    found, left = tabled.statements(name, items)
    assert left == []
    assert set(not_empty(found)) == expected


@pytest.mark.parametrize("name", ["triples_of", "names_of"])
def test_the_table_tells_what_is_said_anywhere(tabled: TabledEngine, name: str) -> None:
    """Or leaves it: a slot, of which the differences say more, and what only claims name."""
    every = [term[1:-1] for term in tabled.table.terms if term.startswith("<http")]
    found, left = tabled.statements(name, every, everywhere=True)
    told = [item for item in every if item not in set(left)]
    assert set(not_empty(found)) == _read(
        asked(tabled, ask_about(name, not_empty(told)), EVERYTHING)
    )
    slots = {item for item in every if "/id/slot/" in item}
    assert set(not_empty(slots)) <= set(left)
    assert len(told) > len(every) / 4


def _read(triples: bytes) -> set[Statement]:
    return {statement(quad.triple) for quad in ox.parse(triples, ox.RdfFormat.N_TRIPLES)}


def test_what_the_table_holds_too_little_of_is_left(tabled: TabledEngine) -> None:
    """A query that is no look-up, and a thing of which more is said than the table holds."""
    many, reader = "http://example.org/many", TableReader()
    lines = [f'<{many}> <http://example.org/has> "{one}" .' for one in range(MOST_ROWS + 1)]
    reader.add("\n".join([*lines, f'<{many}2> <http://example.org/has> "1" .']).encode())
    table = reader.table()
    assert table is not None
    engine = TabledEngine(tabled.inner, table)
    assert engine.statements("sources", [f"{many}2"]) == ([], [f"{many}2"])
    found, left = engine.statements("triples_of", [f"{many}2", many])
    assert (len(found), left) == (1, [many])
    assert engine.statements("linked_to", [many], everywhere=True) == ([], [many])
