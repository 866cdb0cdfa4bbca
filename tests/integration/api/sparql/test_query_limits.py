"""A query whose text is above a limit is told so; one that is long is answered or refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from data.settings import Settings
from queries.engine.limits import limits_of
from queries.sparql.standard_functions import DIFFERENCES
from queries.sparql.text_limits import TextLimits
from tests.fixtures.datasets.made_up_dataset import DATA, write_dataset
from tests.fixtures.guards import not_empty
from tests.fixtures.hostile_texts import HOSTILE_TEXTS
from tests.fixtures.servers.in_process import client_of

PROMISED = {200, 400, 503}
LONG, SHORTER = 99_000, 12_000
ABOVE_A_LIMIT = {
    "base": "500 lines",
    "relative base": "500 lines",
    "from": "200 graphs",
    "from named": "200 graphs",
    "braces": "100",
    "parentheses": "100",
    "brackets": "100",
    "less than": "100",
}
SAMPLE = [kind for kind in HOSTILE_TEXTS if kind not in ABOVE_A_LIMIT][::4]


def post(client: TestClient, query: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of the answer to a query."""
    given = {"Content-Type": "application/sparql-query", **headers}
    answer = client.post("/sparql", content=query, headers=given)
    return answer.status_code, dict(answer.headers), answer.content


@pytest.mark.parametrize("kind", ABOVE_A_LIMIT)
def test_a_text_above_a_limit(made_up: TestClient, kind: str) -> None:
    """The problem names the value that was found, and the limit."""
    query = HOSTILE_TEXTS[kind](LONG)
    answer = made_up.post("/sparql", data={"query": query})
    problem = answer.json()
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert int(problem["value"]) > int(ABOVE_A_LIMIT[kind].split(" ")[0])
    assert (
        ABOVE_A_LIMIT[kind] in problem["accepted"][0]
        and problem["accepted"][0] in problem["detail"]
    )


@pytest.mark.parametrize("kind", SAMPLE)
def test_a_long_text_is_answered_or_refused(made_up: TestClient, kind: str) -> None:
    """With a whole answer of a promised status, after which the next is answered as ever."""
    status, headers, body = post(made_up, HOSTILE_TEXTS[kind](SHORTER))
    assert status in PROMISED
    assert len(body) == int(headers["content-length"]) and body
    assert post(made_up, "ASK {}")[0] == 200


def test_graphs_of_the_request_are_counted_too(made_up: TestClient) -> None:
    """As those of the query are; one that is named twice is one graph."""
    many = {"query": "ASK {}", "default-graph-uri": [f"{DATA}1.rdf"] * 201}
    answer = made_up.get("/sparql", params=many)
    assert answer.status_code == 400 and answer.json()["accepted"] == ["at most 200 graphs"]
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    graph = f"{DATA}1.rdf"
    once, twice = (
        made_up.get(
            "/sparql",
            params={"query": query, "default-graph-uri": graphs},
            headers={"Accept": "text/csv"},
        ).text
        for graphs in ([graph], [graph, graph])
    )
    assert once == twice == "n\r\n2\r\n"


def test_the_description_tells_the_limits_and_what_the_engine_has_otherwise(
    made_up: TestClient,
) -> None:
    """Each with its reason, for machines and for people who read it."""
    text = made_up.get("/sparql", headers={"Accept": "application/n-triples"}).text
    for words in not_empty([*limits_of(Settings()).in_words(), *TextLimits().in_words()]):
        assert words in text
    written = text.replace("\\\\", "\\").replace('\\"', '"')
    assert all(difference in written for difference in not_empty(DIFFERENCES))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(DISTINCTNOW()) AS ?n) {}",
        "SELECT (COUNT(DISTINCTRAND()) AS ?n) {}",
        "SELECT ?x { VALUES ?x { 1 2 3 } } ORDER BYRAND()",
        "ASK { FILTER(2<NOW()||3>1) }",
    ],
)
def test_what_changes_each_time_is_not_kept(made_up: TestClient, query: str) -> None:
    """It has no tag, while the same without it has one."""
    for asked, is_kept in ((query, False), ("SELECT (COUNT(DISTINCT ?x) AS ?n) {}", True)):
        answer = made_up.get("/sparql", params={"query": asked})
        assert answer.status_code == 200
        assert ("etag" in answer.headers) is is_kept


def test_a_count_that_failed_is_not_kept(tmp_path: Path) -> None:
    """Neither where graphs are listed nor where the service is described.

    Five graphs have as many names as rows are allowed; the default graph is one row more.
    """
    settings = Settings(dataset=write_dataset(tmp_path), answer_rows=5)
    with client_of(settings) as client:
        listed = client.get("/graphs", headers={"Accept": "application/json"})
        assert {item["triples"] for item in not_empty(listed.json()["items"])} == {None}
        described = client.get("/sparql", headers={"Accept": "text/turtle"})
        for answer in (listed, described):
            assert answer.headers["cache-control"] == "no-store"
            assert "etag" not in answer.headers
    with client_of(Settings(dataset=settings.dataset)) as client:
        assert "etag" in client.get("/graphs", headers={"Accept": "application/json"}).headers
