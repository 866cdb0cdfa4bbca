"""Thousands of generated queries: each a whole answer in its format, or a plain refusal."""

from __future__ import annotations

import csv
import io
import json
import random
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.fixtures.datasets.generated_queries import generated_queries
from tests.fixtures.guards import not_empty
from tests.fixtures.servers.holdings import check_nothing_is_left, held_at_rest
from tests.fixtures.servers.served import COUNT, Served, Told, serving, wait_until
from tests.fixtures.servers.watcher import LIVE, READY, watched_idle, watching

QUERIES = 2_000
CLIENTS = 2
SEED = 12
QUERY_S = 1
LATE_S = 20.0
LIMITS = {"out-of-time", "out-of-memory", "answer-too-large", "too-many-queries"}
REFUSALS = {400: {"query-refused"}, 503: LIMITS}


def read_rows(told: Told) -> None:
    """Read a table in JSON: its columns, and nothing in a row that is none of them."""
    answer = told.json()
    if "boolean" in answer:
        assert isinstance(answer["boolean"], bool)
        return
    columns = set(answer["head"]["vars"])
    assert all(set(row) <= columns for row in answer["results"]["bindings"])


def read_csv(told: Told) -> None:
    """Read a table as CSV: as many values in each line as there are columns."""
    lines = list(csv.reader(io.StringIO(told.body.decode(), newline="")))
    assert len({len(line) or 1 for line in lines}) == 1


def read_tsv(told: Told) -> None:
    """Read a table as TSV, in the same way."""
    lines = told.body.decode().removesuffix("\n").split("\n")
    assert len({line.count("\t") for line in lines}) == 1


READERS: dict[str, Callable[[Told], object]] = {
    "application/sparql-results+json": read_rows,
    "application/sparql-results+xml": lambda told: ET.fromstring(told.body),
    "text/csv": read_csv,
    "text/tab-separated-values": read_tsv,
    "text/turtle": lambda told: list(ox.parse(told.body, ox.RdfFormat.TURTLE)),
    "application/n-triples": lambda told: list(ox.parse(told.body, ox.RdfFormat.N_TRIPLES)),
    "application/rdf+xml": lambda told: list(ox.parse(told.body, ox.RdfFormat.RDF_XML)),
    "application/ld+json": lambda told: json.loads(told.body),
    "text/html": lambda told: told.body.index(b"</html>"),
}
"""How an answer of each media type is read, which fails where it is not whole or not that."""
ROWS, GRAPHS = list(READERS)[:4], list(READERS)[4:8]


@pytest.fixture(scope="module")
def served(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a service whose queries end soon."""
    passing = {"TMPDIR": str(tmp_path_factory.mktemp("passing"))}
    with serving(
        release=release, environment=passing, query_seconds=QUERY_S, visitor_queue=CLIENTS
    ) as running:
        yield running


def kind_of(told: Told) -> str:
    """Return the status of an answer, with the problem that it tells; read it to its end."""
    assert told.is_whole
    media_type = told.headers["content-type"].partition(";")[0]
    if told.status == 200:
        READERS[media_type](told)
        return "200"
    assert media_type == "application/problem+json"
    problem = told.json()["type"].partition("#")[2]
    assert problem in REFUSALS[told.status], told.body
    assert told.json()["detail"]
    return f"{told.status} {problem}"


def test_generated_queries(
    served: Served, share: Callable[[int], int], capsys: pytest.CaptureFixture[str]
) -> None:
    """In every format; in time; those who watch are answered; nothing is left."""
    chance = random.Random(SEED)
    wanted = [f"{chance.choice(ROWS)}, {chance.choice(GRAPHS)}" for _ in range(share(QUERIES))]
    wanted[::50] = ["text/html" for _ in wanted[::50]]
    asked = list(zip(generated_queries(len(wanted), SEED), wanted, strict=True))
    first = served.ask(COUNT, "text/csv").body
    before = held_at_rest(served)
    idle = watched_idle(served, LIVE, READY)
    kinds: Counter[str] = Counter()
    with watching(served, LIVE, READY) as seen, ThreadPoolExecutor(CLIENTS) as clients:
        told = clients.map(lambda pair: served.ask(*pair), asked)
        for (query, accept), answer in not_empty(zip(asked, told, strict=True)):
            if accept == "text/html" and answer.status != 200:
                assert answer.headers["content-type"].startswith("text/html"), query
                continue
            kinds[kind_of(answer)] += 1
            assert answer.seconds <= QUERY_S + LATE_S, query
    check_nothing_is_left(served, before)
    health = seen.check_health(idle)
    with capsys.disabled():
        print(f"\n{dict(kinds)}, {health}")
    assert kinds["200"] > len(asked) / 2 and kinds["400 query-refused"] > len(asked) / 50
    # Not a kept answer; a machine that is slow may take more than one attempt.
    afterwards = f"{COUNT} # after"
    answers = iter(lambda: served.ask(afterwards, "text/csv"), None)
    assert next(answer for answer in islice(answers, 20) if answer.status == 200).body == first
    assert served.stop() == 0
    wait_until(lambda: not served.processes())
    assert "Traceback" not in served.log()
