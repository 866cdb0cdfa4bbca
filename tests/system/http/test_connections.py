"""What a connection may take, and what happens to those that find no place; on real sockets."""

from __future__ import annotations

import contextlib
import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.fixtures.guards import not_empty
from tests.fixtures.servers.served import COUNT, Served, serving, wait_until, write_dataset

PLACES = 12
HEAD_S = BODY_S = IDLE_S = DELIVERY_S = 2
QUERY_S = 8
LATE_S = 20.0
"""How much later than its limit a connection may end: it is looked at once a second, and the
machine may be busy; the limits that hold where none is set are longer still."""
ASK = f"/sparql?query={quote(COUNT)}"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ROWS = "SELECT ?s ?o ?t { ?s ?p ?o . ?s ?q ?t } LIMIT 8000"
FEW_FILES = 128


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with some triples."""
    return write_dataset(tmp_path_factory.mktemp("connections") / "data.nq")


@pytest.fixture(scope="module")
def served(dataset: Path) -> Iterator[Served]:
    """Return a service with small limits."""
    with serving(
        dataset=dataset,
        query_seconds=QUERY_S,
        connections=PLACES,
        head_seconds=HEAD_S,
        body_seconds=BODY_S,
        idle_seconds=IDLE_S,
        delivery_seconds=DELIVERY_S,
    ) as running:
        yield running


def connected(served: Served, sent: bytes = b"", buffer_bytes: int | None = None) -> socket.socket:
    """Return a connection on which something was sent."""
    link = socket.socket()
    link.settimeout(60)
    if buffer_bytes is not None:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer_bytes)
    link.connect(("127.0.0.1", served.port))
    link.sendall(sent)
    return link


def rest(link: socket.socket) -> bytes:
    """Return what comes until the connection ends, however it ends."""
    received = b""
    with contextlib.suppress(ConnectionError):
        while part := link.recv(65536):
            received += part
    return received


def told(answer: bytes) -> tuple[int, str]:
    """Return status and kind of a problem that came over a connection, whole."""
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"content-type: application/problem+json" in head.lower()
    assert b"content-length: %d\r\n" % len(body) in head.lower() + b"\r\n"
    return int(head.split()[1]), str(json.loads(body)["type"].partition("#")[2])


def seconds_until_end(link: socket.socket) -> tuple[float, bytes]:
    """Return how long a connection stays, and what came."""
    begun = time.monotonic()
    received = rest(link)
    return time.monotonic() - begun, received


@pytest.mark.parametrize(
    "sent", [b"", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow:", b"GET /" + b"a" * 50]
)
def test_a_head_has_its_time(served: Served, sent: bytes) -> None:
    """Also one that comes a byte at a time; who has begun is told."""
    with connected(served, sent) as link:
        end = time.monotonic() + HEAD_S - 0.5
        while sent and time.monotonic() < end:
            link.sendall(b"a")
            time.sleep(0.2)
        seconds, answer = seconds_until_end(link)
    assert seconds < LATE_S
    assert answer == b"" if not sent else told(answer) == (408, "request-too-slow")


def test_a_body_has_its_time(served: Served) -> None:
    """Also where nothing reads it."""
    head = b"Host: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 900\r\n\r\nASK"
    with connected(served, b"POST /sparql HTTP/1.1\r\n" + head) as link:
        link.settimeout(BODY_S + LATE_S)
        assert b" 408 " in link.recv(2000)
    with connected(served, b"GET /health/live HTTP/1.1\r\n" + head) as link:
        seconds, answer = seconds_until_end(link)
    assert b" 200 " in answer and seconds < BODY_S + 2 * LATE_S


def test_an_idle_connection_is_closed(served: Served) -> None:
    """Whichever way its last request was answered: kept, short or long."""
    for path in (ASK, ASK, ASK, "/health/live"):
        with connected(served, f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()) as link:
            link.sendall(b"\r\n")
            seconds, answer = seconds_until_end(link)
        assert b" 200 " in answer
        assert IDLE_S - 1 < seconds < IDLE_S + LATE_S


@pytest.mark.parametrize("times", [1, 60])
def test_an_answer_has_its_time_to_be_read(served: Served, times: int) -> None:
    """Of any size: a client that does not read is not waited for."""
    address = f"/sparql?query={quote(ROWS)}" if times == 1 else "/openapi.json"
    asked = f"GET {address} HTTP/1.1\r\nHost: x\r\n\r\n".encode() * times
    with connected(served, buffer_bytes=4096) as link, ThreadPoolExecutor(1) as sender:
        sending = sender.submit(link.sendall, asked)
        time.sleep(1)
        before = open_files(served)
        wait_until(lambda: open_files(served) < before, DELIVERY_S + LATE_S)
        assert served.get("/health/live").status == 200
        assert len(rest(link)) < 2 * 2**20 * times
        with contextlib.suppress(ConnectionError):
            sending.result()


def open_files(served: Served) -> int:
    """Return how many connections the server process has open."""
    folder = Path("/proc") / str(served.process.pid) / "fd"
    found = 0
    for one in folder.iterdir():
        with contextlib.suppress(OSError):
            found += str(one.readlink()).startswith("socket:")
    return found


def test_more_connections_than_places(served: Served) -> None:
    """New ones are told to come again, and who asks after the health gets an answer."""
    with contextlib.ExitStack() as stack:
        for _ in range(PLACES):
            stack.enter_context(connected(served, b"GET / HTTP/1.1\r\nHost: x\r\n"))
        time.sleep(0.2)
        refused = served.get("/directions")
        assert (refused.status, refused.json()["type"]) == (503, "/docs#too-many-connections")
        assert refused.headers["retry-after"] and refused.is_whole
        assert served.ask(COUNT).status == 503
        assert served.get("/health/live").status == 200
        assert served.get("/health/ready").status == 200
        silent = [stack.enter_context(connected(served)) for _ in range(150)]
        assert served.get("/health/live").status == 200
        assert told(rest(silent[0])) == (503, "too-many-connections")
    wait_until(lambda: served.ask(COUNT).status == 200, LATE_S)


def test_the_files_that_may_be_open_are_a_limit_too(dataset: Path) -> None:
    """The system lets the process open few: newcomers get 503, and health still answers."""
    limited = ("prlimit", f"--nofile={FEW_FILES}:{FEW_FILES}")
    with (
        serving(dataset=dataset, connections=5_000, prefix=limited) as running,
        contextlib.ExitStack() as stack,
    ):
        for _ in range(FEW_FILES * 2):
            stack.enter_context(connected(running, b"GET / HTTP/1.1\r\nHost: x\r\n"))
        time.sleep(0.2)
        assert running.get("/health/live").status == 200
        assert running.get("/health/ready").status == 200
        refused = running.get("/directions")
        assert (refused.status, refused.json()["type"]) == (503, "/docs#too-many-connections")
        stack.close()
        assert running.stop() == 0
        assert "ulimit -n" in (log := running.log()) and "Traceback" not in log


@pytest.mark.parametrize(
    "path", [ASK, ASK, ASK, "/health/live", f"/sparql.csv?query={quote(ROWS)}"]
)
def test_a_client_that_sends_nothing_more_gets_its_answer(served: Served, path: str) -> None:
    """Half-closed after the request, or after several; then the connection ends."""
    for times in (1, 3):
        asked = f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode() * times
        with connected(served, asked) as link:
            link.shutdown(socket.SHUT_WR)
            answer = rest(link)
        assert answer.startswith(b"HTTP/1.1 200 ")
        assert answer.count(b"HTTP/1.1 200 ") == times


def test_a_half_closed_client_waits_for_a_long_query(served: Served) -> None:
    """It is asked whether it is still there, in a way that every client must understand."""
    asked = f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: x\r\n\r\n"
    with connected(served, asked.encode()) as link:
        link.shutdown(socket.SHUT_WR)
        seconds, answer = seconds_until_end(link)
    assert seconds > QUERY_S - 1
    interim, _, last = answer.partition(b"\r\n\r\n")
    assert interim == b"HTTP/1.1 100 Continue"
    assert told(last) == (503, "out-of-time")


def test_a_client_that_asks_on_and_leaves_ends_its_query(served: Served) -> None:
    """That of the first request, whatever was to come after it."""
    before = set(not_empty(served.workers()))
    asked = f"GET /sparql?query={quote(ENDLESS)}%20 HTTP/1.1\r\nHost: x\r\n\r\n"
    with connected(served, asked.encode() + b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n"):
        time.sleep(0.3)
    wait_until(lambda: len(before - set(served.workers())) > 0, QUERY_S - 1)


def test_half_a_request_that_ends_is_no_request(served: Served) -> None:
    """The connection ends at once."""
    with connected(served, b"GET /health/live HTTP/1.1\r\nHost:") as link:
        link.shutdown(socket.SHUT_WR)
        seconds, answer = seconds_until_end(link)
    assert answer == b"" and seconds < HEAD_S
