"""The hard limits of the service, asked of real processes with small limits."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest

from tests.fixtures.servers.served import (
    COUNT,
    SOON_S,
    Served,
    Told,
    serving,
    wait_until,
    write_dataset,
)

QUERY_S = 2
ANSWER_BYTES = 12 * 2**20
ANSWER_ROWS = 2_000
MEMORY_BYTES = 96 * 2**20
DELIVERY_S = 6
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SORTED = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?a"
LONG_S = 60
"""A time that no query needs, however busy the machine is, until it meets another limit."""
PATIENCE_S = 10.0
"""How much later than its limit a query may end, beside what the service waits for the machine."""
DIGITS = " ".join(f"VALUES ?{name} {{ 0 1 2 3 4 5 6 7 8 9 }}" for name in "abcd")


def rows(count: int, extra: str = "") -> str:
    """Return a query with so many rows, whatever the dataset."""
    return f"SELECT ?a ?b ?c ?f {{ {DIGITS} {extra} }} LIMIT {count}"


def problem(told: Told) -> str:
    """Return the kind of problem that a whole answer tells."""
    assert told.is_whole
    assert told.headers["content-type"] == "application/problem+json"
    return str(told.json()["type"].partition("#")[2])


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with some triples."""
    return write_dataset(tmp_path_factory.mktemp("limits") / "data.nq")


def limited(dataset: Path, query_seconds: int) -> AbstractContextManager[Served]:
    """Return a service with small limits, and so much time for a query."""
    return serving(
        dataset=dataset,
        query_seconds=query_seconds,
        query_bytes=MEMORY_BYTES,
        body_seconds=QUERY_S,
        answer_bytes=ANSWER_BYTES,
        answer_rows=ANSWER_ROWS,
        visitor_queries=2,
        visitor_queue=2,
        visitor_burst=2,
        delivery_bytes=16 * 2**20,
        delivery_seconds=DELIVERY_S,
    )


@pytest.fixture(scope="module")
def short_lived(dataset: Path) -> Iterator[Served]:
    """Return a service whose queries have little time."""
    with limited(dataset, QUERY_S) as running:
        yield running


@pytest.fixture(scope="module")
def long_lived(dataset: Path) -> Iterator[Served]:
    """Return a service whose queries have time enough."""
    with limited(dataset, LONG_S) as running:
        yield running


def with_all_workers(running: Served) -> Served:
    """Return a service once the workers that the test before has cost are back."""
    wait_until(lambda: len(running.workers()) == 2)
    return running


@pytest.fixture
def served(short_lived: Served) -> Served:
    """Return a service that soon ends a query by its time."""
    return with_all_workers(short_lived)


@pytest.fixture
def patient(long_lived: Served) -> Served:
    """Return a service that ends a query by every limit but time."""
    return with_all_workers(long_lived)


def test_time(served: Served) -> None:
    """A query without an end is ended, its process killed and another one there."""
    before, delayed_s = set(served.workers()), served.delayed_s()
    told = served.ask(ENDLESS)
    assert (told.status, problem(told)) == (503, "out-of-time")
    late_s = PATIENCE_S + served.delayed_s() - delayed_s
    assert QUERY_S <= told.seconds <= QUERY_S + late_s
    assert told.json()["limits"]["query_seconds"] == QUERY_S
    wait_until(lambda: len(set(served.workers()) - before) == 1)
    assert len(served.workers()) == 2
    assert served.ask(COUNT).status == 200


def test_memory(patient: Served) -> None:
    """A query that keeps everything is ended before its time."""
    told = patient.ask(SORTED)
    assert (told.status, problem(told)) == (503, "out-of-memory")
    assert told.json()["limits"]["memory_bytes"] == MEMORY_BYTES
    assert patient.ask(COUNT).status == 200


def test_bytes(patient: Served) -> None:
    """An answer above the limit of bytes is refused whole, not cut off; one below is not."""
    long = "x" * 6_000
    small = patient.ask(rows(1_000, f"BIND('{long}' AS ?f)"))
    assert small.status == 200 and small.is_whole
    assert ANSWER_BYTES / 3 < len(small.body) <= ANSWER_BYTES
    longer = "x" * 16_000
    told = patient.ask(rows(1_000, f"BIND('{longer}' AS ?f)"))
    assert (told.status, problem(told)) == (503, "answer-too-large")
    assert "bytes" in told.json()["detail"]


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rows(patient: Served, form: str) -> None:
    """The limit of rows is the same in each format, to the row."""
    most = patient.ask(rows(ANSWER_ROWS), format=form)
    assert most.status == 200 and most.is_whole
    told = patient.ask(rows(ANSWER_ROWS + 1), format=form)
    assert (told.status, problem(told)) == (503, "answer-too-large")
    assert "rows" in told.json()["detail"]


def test_a_page_shows_no_more_than_a_person_reads(patient: Served) -> None:
    """A table of any size is sent as data; as a page it would keep the others waiting."""
    long = "x" * 6_000
    query = rows(300, f"BIND('{long}' AS ?f)")
    assert patient.ask(query).status == 200
    told = patient.ask(query, format="html")
    assert (told.status, problem(told)) == (503, "answer-too-large")


def test_what_runs_waits_and_is_refused(served: Served) -> None:
    """Two run, two wait, two more wait for a moment; the others are told at once to come again."""
    delayed_s = served.delayed_s()
    with ThreadPoolExecutor(10) as clients:
        told = list(clients.map(lambda number: served.ask(f"{ENDLESS} # {number}"), range(10)))
    assert {one.status for one in told} == {503}
    kinds = [problem(one) for one in told]
    assert kinds.count("too-many-queries") >= 4
    assert kinds.count("out-of-time") >= 2
    delayed_s = served.delayed_s() - delayed_s
    assert max(one.seconds for one in told) <= QUERY_S + PATIENCE_S + delayed_s
    refused = [one for one in told if problem(one) == "too-many-queries"]
    assert all(answer.headers["retry-after"] for answer in refused)
    assert sum(answer.seconds < QUERY_S / 2 + delayed_s for answer in refused) >= 4


def test_a_burst_of_short_queries_is_answered(patient: Served) -> None:
    """More than run and wait at once are answered if each takes little."""
    with ThreadPoolExecutor(6) as clients:
        told = list(clients.map(lambda number: patient.ask(f"{COUNT} # {number}"), range(60)))
    assert {answer.status for answer in told} == {200}


def test_visitors_do_not_keep_the_pages_waiting(patient: Served) -> None:
    """While every place of the visitors is taken, a page of our own is answered as always."""
    links = [patient.begin(f"{ENDLESS} # {number}") for number in range(4)]
    time.sleep(0.3)
    told = patient.get("/directions")
    assert told.status == 200 and told.seconds < LONG_S / 2
    for link in links:
        link.close()


def test_a_client_that_leaves_ends_its_query(patient: Served) -> None:
    """Its process is used by others long before the limit."""
    before = set(patient.workers())
    links = [patient.begin(f"{ENDLESS} # {number}") for number in range(2)]
    time.sleep(0.2)
    for link in links:
        link.close()
    wait_until(lambda: not before & set(patient.workers()), LONG_S / 2)
    told = patient.ask(f"{COUNT} # after")
    assert told.status == 200 and told.seconds < LONG_S / 2


def test_a_slow_reader_holds_no_place(patient: Served) -> None:
    """The query has ended; its answer waits elsewhere, up to a limit, and not for ever."""
    long = "x" * 6_000
    query = rows(1_800, f"BIND('{long}' AS ?f)")
    with closing(patient.begin(query, buffer_bytes=2**17)) as slow:
        head = slow.recv(100)
        assert b"200" in head.split(b"\r\n")[0]
        assert patient.ask(f"{COUNT} # beside").status == 200
        crowded = patient.ask(f"{query} # another")
        assert (crowded.status, problem(crowded)) == (503, "too-many-queries")
        wait_until(lambda: patient.ask(f"{query} # another").status == 200, DELIVERY_S + SOON_S)
        whole = patient.ask(f"{query} # another")
        assert whole.status == 200 and whole.is_whole
        slow.settimeout(20)
        received = len(head)
        while part := slow.recv(2**20):
            received += len(part)
    # What the client has is less than was announced, so that it cannot be taken for the whole.
    assert received < len(whole.body)


def test_a_kept_answer_is_as_whole_as_a_new_one(patient: Served) -> None:
    """HEAD, compressed, and unchanged answers agree with the first one."""
    query = rows(1_500)
    first, again = patient.ask(query), patient.ask(query)
    assert first.status == again.status == 200
    assert first.body == again.body and first.is_whole and again.is_whole
    assert len(json.loads(first.body)["results"]["bindings"]) == 1_500


def test_a_request_that_never_ends_is_ended(served: Served) -> None:
    """Half a request body holds no worker."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as link:
        link.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 1000\r\n\r\nSELECT"
        )
        time.sleep(0.3)
        assert served.ask(COUNT + " # meanwhile").status == 200
        link.settimeout(SOON_S)
        assert b"408" in link.recv(1000).split(b"\r\n")[0]


def test_nothing_is_logged_as_a_fault(dataset: Path) -> None:
    """Clients that send half a body, leave, or ask too much leave no traceback in the log."""
    with serving(dataset=dataset, query_seconds=1, query_bytes=MEMORY_BYTES) as running:
        for query in (ENDLESS, SORTED):
            assert running.ask(query).status == 503
        running.begin(ENDLESS).close()
        with socket.create_connection(("127.0.0.1", running.port)) as link:
            link.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
                b"Content-Length: 1000\r\n\r\nSELECT"
            )
        time.sleep(0.5)
        assert running.stop() == 0
        assert "Traceback" not in running.log()
