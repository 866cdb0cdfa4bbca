"""The tool for queries cuts an answer that is too large and says so, for nobody can know before."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from data.settings import Settings
from tests.fixtures.servers.in_process import client_of

TRIPLES, LONG, MOST = 20_000, 1_200, 1_000
"""More than an answer of a tool may have; more than fit into it by their length; most items."""
LONG_BYTES = 4_000
ALL = "SELECT ?s ?o { ?s <x:p> ?o }"
SCHEMA = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Return a client of a service on many triples."""
    path = tmp_path_factory.mktemp("filled") / "data.nq"
    short = (f'<x:s{n}> <x:p> "{n}" .\n' for n in range(TRIPLES))
    long = (f'<x:l{n}> <x:long> "{n}{"x" * LONG_BYTES}" .\n' for n in range(LONG))
    path.write_text("".join([*short, *long]) + f'<x:h> <x:huge> "{"y" * 2**21}" .\n')
    settings = Settings(dataset=path, page_items_maximum=MOST, answer_bytes=5 * 2**20)
    with client_of(settings) as client:
        yield client


def called(client: TestClient, query: str, **more: int) -> Any:
    """Return the result of a call of the tool."""
    call = {"name": "query_sparql", "arguments": {"query": query, **more}}
    sent = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    answer = client.post("/mcp", json=sent, headers=SCHEMA)
    assert answer.status_code == 200, answer.text
    return answer.json()["result"]


def found(client: TestClient, query: str, **more: int) -> Any:
    """Return what the tool found."""
    result = called(client, query, **more)
    assert not result.get("isError"), result
    return result["structuredContent"]


def test_of_more_rows_than_can_be_shown_the_first_are(filled: TestClient) -> None:
    """How many there are is not counted, and said to be not."""
    answer = found(filled, ALL, limit=20)
    assert len(answer["items"]) == 20 and answer["columns"] == ["s", "o"]
    assert (answer["cut"]["total"], answer["cut"]["left_off"]) == (None, None)
    assert "20 of more are here; a larger limit" in answer["cut"]["rest"]
    assert len(found(filled, ALL, limit=MOST)["items"]) == MOST


@pytest.mark.parametrize("query", [f"{ALL} LIMIT 500", f"{ALL} ORDER BY ?s OFFSET {TRIPLES - 500}"])
def test_what_can_be_shown_is_counted(filled: TestClient, query: str) -> None:
    """Also where it is more than was asked for."""
    answer = found(filled, query, limit=20)
    assert (answer["cut"]["total"], answer["cut"]["left_off"]) == (500, 480)
    whole = found(filled, query, limit=MOST)
    assert len(whole["items"]) == 500 and whole["cut"]["rest"] == "Nothing was left off."


def test_long_rows_are_fewer(filled: TestClient) -> None:
    """What was asked for is more than a tool gives; what is left off is said to be."""
    answer = found(filled, "SELECT ?s ?o { ?s <x:long> ?o }", limit=MOST)
    assert 0 < len(answer["items"]) < MOST and answer["cut"]["left_off"] is None
    assert "ask for fewer columns" in answer["cut"]["rest"]
    assert all(len(row["o"]) > LONG_BYTES for row in answer["items"])


@pytest.mark.parametrize(
    ("path", "total"), [("<x:p>", TRIPLES), ("<x:long>", LONG), ("<x:p>|<x:long>", None)]
)
def test_triples_are_cut_too(filled: TestClient, path: str, total: int | None) -> None:
    """Those that leave the engine are counted; of those beyond its limit some are made."""
    query = f"CONSTRUCT {{ ?s <x:is> ?o }} {{ ?s {path} ?o }}"
    answer = found(filled, query, limit=MOST)
    assert answer["cut"]["total"] == total
    assert 0 < len(answer["items"]) <= MOST and answer["cut"]["left_off"] != 0
    assert all(line.endswith('" .') for line in answer["items"])


@pytest.mark.parametrize("form", ["SELECT ?o", "CONSTRUCT { <x:h> <x:is> ?o }"])
def test_one_that_is_too_large_is_refused(filled: TestClient, form: str) -> None:
    """There is nothing to leave off."""
    result = called(filled, f"{form} {{ ?s <x:huge> ?o }}")
    assert result["isError"] and "bytes" in result["content"][0]["text"]
