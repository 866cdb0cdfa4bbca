"""A cached answer goes by the fast path, and nothing else does."""

import contextlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.fixtures.guards import replaced
from tests.fixtures.servers.served import start

QUERY = quote("SELECT (1 AS ?x) {}")
END_S = 8
"""Less than a server waits for connections that stay open."""
NARROW_BYTES = 16 * 2**10
UNREAD_BYTES = 50 * 2**20
"""More than the system keeps for a connection whose client does not read."""
GET = f"GET /sparql?query={QUERY} HTTP/1.1\r\nHost: here\r\n\r\n".encode()


@pytest.fixture(scope="module")
def host(release: Path) -> Iterator[tuple[str, int]]:
    """Return where a service on the five documents listens."""
    with start(release=release) as served:
        yield "127.0.0.1", served.port


class Connection:
    """A connection that sends bytes as they are and reads whole answers."""

    def __init__(self, host: tuple[str, int], *, is_narrow: bool = False) -> None:
        """Connect, perhaps so that the system keeps little for either side."""
        self._socket = socket.socket()
        self._socket.settimeout(10)
        for side in (socket.SO_RCVBUF, socket.SO_SNDBUF) if is_narrow else ():
            self._socket.setsockopt(socket.SOL_SOCKET, side, NARROW_BYTES)
        self._socket.connect(host)
        self._pending = b""

    def send(self, content: bytes) -> None:
        """Send bytes, and let them arrive before others."""
        self._socket.sendall(content)
        time.sleep(0.05)

    def answer(self) -> tuple[str, bytes]:
        """Return the head, without the date, and the body of the next answer."""
        head = self.head()
        lines = head.splitlines()
        length = next(int(line[16:]) for line in lines if line.startswith("content-length: "))
        while len(self._pending) < length:
            self._receive()
        body, self._pending = self._pending[:length], self._pending[length:]
        return head, body

    def __enter__(self) -> "Connection":
        """Return itself."""
        return self

    def __exit__(self, *told: object) -> None:
        """Close."""
        self._socket.close()

    def head(self) -> str:
        """Return the head of the next answer, without what each answer has of its own."""
        while b"\r\n\r\n" not in self._pending:
            self._receive()
        head, _, self._pending = self._pending.partition(b"\r\n\r\n")
        lines = head.decode().splitlines()
        own = "date: ", "x-request-id: "
        return "\n".join(line for line in lines if not line.startswith(own))

    def is_closed(self) -> bool:
        """Return whether the other side has closed the connection."""
        return self._socket.recv(1) == b""

    def _receive(self) -> None:
        """Wait for more bytes."""
        more = self._socket.recv(65536)
        assert more, "the connection was closed"
        self._pending += more

    def is_stopped(self, content: bytes, times: int) -> bool:
        """Return whether bytes are no longer taken before they were sent so many times."""
        self._socket.settimeout(1)
        try:
            for _ in range(times):
                self._socket.sendall(content)
                time.sleep(0.0005)
        except TimeoutError:
            return True
        return False

    def is_silent(self) -> bool:
        """Return whether nothing more comes within a moment."""
        self._socket.settimeout(0.5)
        try:
            self._pending += self._socket.recv(65536)
        except TimeoutError:
            return not self._pending
        return False


def test_the_same_bytes_have_the_same_answer(host: tuple[str, int]) -> None:
    """On one connection and on others, byte for byte but for the date."""
    answers = set()
    for _ in range(2):
        with Connection(host) as connection:
            for _ in range(3):
                connection.send(GET)
                answers.add(connection.answer())
    assert len(answers) == 1
    assert answers.pop()[0].startswith("HTTP/1.1 200 OK")


def test_bytes_within_a_body_are_no_request(host: tuple[str, int]) -> None:
    """A body that looks like a known request, in a packet of its own, is part of its request."""
    with Connection(host) as connection:
        for _ in range(2):
            connection.send(GET)
            connection.answer()
        head = f"POST /sparql HTTP/1.1\r\nHost: here\r\nContent-Length: {len(GET)}\r\n"
        for media_type in ("application/sparql-query", "text/plain"):
            connection.send(f"{head}Content-Type: {media_type}\r\n\r\n".encode())
            connection.send(GET)
            assert connection.answer()[0].split()[1] in ("400", "415")
            assert connection.is_silent()


def test_packets_need_not_be_requests(host: tuple[str, int]) -> None:
    """Several requests in one packet, or one in several, are all answered, in order."""
    other = replaced(GET, QUERY.encode(), quote("SELECT (2 AS ?x) {}").encode())
    with Connection(host) as connection:
        for packets in ([GET + other + GET], [GET[:20], GET[20:] + other + GET], [GET, other, GET]):
            for packet in packets:
                connection.send(packet)
            assert [b'"1"' in connection.answer()[1] for _ in range(3)] == [True, False, True]
        assert connection.is_silent()


def test_conditions_and_formats_are_part_of_what_is_asked(host: tuple[str, int]) -> None:
    """Each wish has its own answer, also when it is asked for again."""
    with Connection(host) as connection:
        connection.send(GET)
        head, _ = connection.answer()
        etag = next(line[6:] for line in head.splitlines() if line.startswith("etag: "))
        for _ in range(3):
            connection.send(GET[:-2] + b"Accept: text/csv\r\n\r\n")
            assert connection.answer()[1] == b"x\r\n1\r\n"
            connection.send(GET[:-2] + f"If-None-Match: {etag}\r\n\r\n".encode())
            assert connection.head().split()[1] == "304"
        assert connection.is_silent()


def test_a_closed_connection_stays_closed(host: tuple[str, int]) -> None:
    """Who asks for the end of the connection gets it, each time."""
    for _ in range(3):
        with Connection(host) as connection:
            connection.send(GET[:-2] + b"Connection: close\r\n\r\n")
            assert connection.answer()[0].startswith("HTTP/1.1 200")
            assert connection.is_closed()


@pytest.mark.parametrize("target", ["ASK {}", "ASK{}%23 HTTP/1.1\nX: y", "ASK{}\t", "ASK{}\x00"])
def test_the_short_way_takes_no_line_that_the_parser_refuses(
    host: tuple[str, int], target: str
) -> None:
    """Two readers of one line must not see two requests, or others than the service answers."""
    with Connection(host) as connection:
        connection.send(GET)
        connection.answer()
    with Connection(host) as connection:
        connection.send(replaced(GET, QUERY.encode(), target.encode()))
        lines = connection.head().splitlines()
    assert lines[0] == "HTTP/1.1 400 Bad Request"
    assert "connection: close" in lines


@pytest.mark.parametrize("path", ["/sparql?query=ASK%7B%7D", "/directions"])
def test_a_header_that_comes_twice_is_no_answer_for_others(
    host: tuple[str, int], path: str
) -> None:
    """What is answered to two wishes is not kept for those who have the second alone."""
    first, second = "Accept: text/csv\r\n", "Accept: text/html\r\n"
    media_types = []
    for wishes in (first + second, second):
        with Connection(host) as connection:
            connection.send(f"GET {path} HTTP/1.1\r\nHost: here\r\n{wishes}\r\n".encode())
            head, _ = connection.answer()
            media_types.append(next(line for line in head.splitlines() if "content-type" in line))
    # Of two wishes as good as each other, the service prefers one itself.
    assert media_types[0].split(": ")[1] in ("text/csv; charset=utf-8", "text/html; charset=utf-8")
    assert "text/html" in media_types[1]


def test_the_description_names_the_host_that_was_asked(host: tuple[str, int]) -> None:
    """One that came before is not told to those who ask for another."""
    for name in ("elsewhere.example", "once.example"):
        asked = f"GET /sparql HTTP/1.1\r\nHost: {name}\r\nAccept: text/turtle\r\n\r\n"
        with Connection(host) as connection:
            connection.send(asked.encode())
            _, body = connection.answer()
        assert f"<http://{name}/sparql>".encode() in body
    assert b"elsewhere.example" not in body


def test_a_client_that_does_not_read_is_not_written_to_without_end(host: tuple[str, int]) -> None:
    """Cached answers wait for it as all others do: at last nothing more is taken from it."""
    query = quote(f"SELECT ('{'x' * 1000}' AS ?x) {{ VALUES ?y {{ {'1 ' * 55} }} }}")
    asked = replaced(GET, QUERY.encode(), query.encode())
    with Connection(host, is_narrow=True) as connection:
        for _ in range(3):
            connection.send(asked)
            length = len(connection.answer()[1])
        assert connection.is_stopped(asked, UNREAD_BYTES // length)


def test_a_function_that_differs_each_time_may_stand_before_a_comment(
    host: tuple[str, int],
) -> None:
    """Its value is not kept, however its brackets are written."""
    asked = replaced(GET, QUERY.encode(), quote("SELECT (RAND# )\n() AS ?x) {}").encode())
    with Connection(host) as connection:
        answers = []
        for _ in range(3):
            connection.send(asked)
            answers.append(connection.answer()[1])
    assert len(set(answers)) == 3


def test_a_query_is_not_ended_by_others_and_the_service_ends_after_it(release: Path) -> None:
    """The first of two clients with one query goes; at the end of the service one is underway."""
    endless = quote("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = ?i) }")
    with start(release=release, query_seconds=2) as served:
        host = "127.0.0.1", served.port
        asked = replaced(
            replaced(GET, b"/sparql?", b"/sparql.csv?"), QUERY.encode(), endless.encode()
        )
        with Connection(host) as second:
            with Connection(host) as first:
                first.send(asked)
                second.send(asked)
            assert b"ended after 2 s" in second.answer()[1]
        last = Connection(host)
        last.send(GET)
        last.answer()
        last.send(replaced(GET, QUERY.encode(), endless.encode()))
        begun = time.monotonic()
    with last:
        assert last.head().startswith("HTTP/1.1 503")
    assert time.monotonic() - begun < END_S


def test_a_head_without_end_is_refused(host: tuple[str, int]) -> None:
    """The parser would keep it all in memory."""
    line = b"X-More: " + b"x" * 60_000 + b"\r\n"
    with Connection(host) as connection:
        connection.send(b"GET / HTTP/1.1\r\nHost: here\r\n")
        with contextlib.suppress(ConnectionError):
            for _ in range(100):
                connection.send(line)
        assert connection.head().startswith("HTTP/1.1 431")
