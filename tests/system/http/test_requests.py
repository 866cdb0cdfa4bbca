"""Requests as clients write them: what is one request stays one, and what is none is refused."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote

import pytest

from tests.fixtures.guards import replaced
from tests.fixtures.servers.served import COUNT, Served, serving, write_dataset

TYPED = "Content-Type: application/sparql-query\r\n"
UPGRADE = (
    "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAAA\r\n"
)
LENGTH = f"Content-Length: {len(COUNT)}\r\n"
TRIPLES = 2_000
FORM = "application/x-www-form-urlencoded"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a service on a file with some triples."""
    path = write_dataset(tmp_path_factory.mktemp("requests") / "data.nq", TRIPLES)
    with serving(dataset=path) as running:
        yield running


class Answer:
    """An answer as it came over a connection."""

    def __init__(self, head: bytes, body: bytes) -> None:
        """Read the head."""
        line, *lines = head.decode("latin-1").split("\r\n")
        self.status = int(line.split()[1])
        self.headers = {
            name.lower(): value for name, _, value in (one.partition(": ") for one in lines)
        }
        self.body = body

    @property
    def problem(self) -> str:
        """Return the kind of problem that it tells."""
        assert self.headers["content-type"] == "application/problem+json"
        return str(json.loads(self.body)["type"].partition("#")[2])


def exchange(served: Served, *packets: bytes) -> list[Answer]:
    """Send packets and return all answers until the service has no more to say."""
    received = b""
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as link:
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for packet in packets:
            link.sendall(packet)
            if packet is not packets[-1]:
                link.settimeout(0.2)
                try:
                    received += link.recv(2**16)
                except TimeoutError:
                    link.settimeout(10)
        link.shutdown(socket.SHUT_WR)
        while part := link.recv(2**16):
            received += part
    answers = []
    while received:
        head, _, received = received.partition(b"\r\n\r\n")
        answer = Answer(head, b"")
        length = int(answer.headers.get("content-length", 0))
        answer.body, received = received[:length], received[length:]
        assert len(answer.body) == length
        answers.append(answer)
    return answers


def one(served: Served, *packets: bytes) -> Answer:
    """Return the only answer."""
    (answer,) = exchange(served, *packets)
    return answer


@pytest.mark.parametrize("is_split", [False, True])
@pytest.mark.parametrize("times", [1, 2])
def test_an_offer_to_upgrade_leaves_the_request_as_it_is(
    served: Served, is_split: bool, times: int
) -> None:
    """Its body is its body, in whatever packets; the answer comes by the protocol it came by."""
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\n{UPGRADE}{TYPED}{LENGTH}\r\n".encode()
    packets = [head[:70], head[70:], COUNT.encode()] if is_split else [head + COUNT.encode()]
    answers = exchange(served, *packets * times)
    assert [answer.status for answer in answers] == [200] * times
    assert all(str(TRIPLES).encode() in answer.body for answer in answers)
    assert "upgrade" not in answers[0].headers


@pytest.mark.parametrize("path", ["/health/live", f"/sparql?query={quote(COUNT)}"])
def test_an_offer_to_upgrade_without_a_body(served: Served, path: str) -> None:
    """Is a GET like any other, also before and after others on one connection."""
    plain = f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    offer = f"GET {path} HTTP/1.1\r\nHost: x\r\n{UPGRADE}\r\n".encode()
    answers = exchange(served, plain + offer + offer + plain)
    assert [answer.status for answer in answers] == [200] * 4
    assert len({answer.body for answer in answers}) == 1
    chunked = (
        f"POST /sparql HTTP/1.1\r\nHost: x\r\n{UPGRADE}{TYPED}Transfer-Encoding: chunked\r\n\r\n"
    )
    body = f"{len(COUNT):x}\r\n{COUNT}\r\n0\r\n\r\n"
    assert one(served, (chunked + body).encode()).status == 200
    asked = "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    assert one(served, f"{asked}Sec-WebSocket-Key: a\r\n\r\n".encode()).status == 200


def test_an_upgrade_keeps_the_other_wishes_of_the_connection(served: Served) -> None:
    """A connection that is to be closed is closed."""
    wishes = replaced(UPGRADE, "Upgrade, ", "close, Upgrade, ")
    head = f"GET /health/live HTTP/1.1\r\nHost: x\r\n{wishes}\r\n"
    answers = exchange(served, head.encode() * 2)
    assert [answer.headers.get("connection") for answer in answers] == ["close"]


def test_an_address_that_is_too_long(served: Served) -> None:
    """Is told in the one shape of errors, with what to do, before the rest of it is read."""
    for length in (70_000, 300_000):
        asked = f"GET /sparql?query={quote(COUNT)}%23{'a' * length} HTTP/1.1\r\nHost: x\r\n\r\n"
        answer = one(served, asked.encode())
        assert (answer.status, answer.problem) == (414, "address-too-long")
        assert "POST" in json.loads(answer.body)["accepted"]
    longest = f"GET /sparql?query={quote(COUNT)}%23{'a' * 60_000} HTTP/1.1\r\nHost: x\r\n\r\n"
    assert one(served, longest.encode()).status == 200


def test_what_is_no_request_is_refused_in_turn(served: Served) -> None:
    """After the answers to the requests before it."""
    slow = f"{COUNT} # one"
    before = f"GET /sparql?query={quote(slow)} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    answers = exchange(served, before + b"NONSENSE\r\n\r\n")
    assert [answer.status for answer in answers] == [200, 400]
    assert answers[1].problem == "malformed-request"
    many = "X-More: y\r\n" * 60_000
    assert (
        one(served, f"GET / HTTP/1.1\r\nHost: x\r\n{many}\r\n".encode()).problem == "head-too-long"
    )
    assert one(served, b"CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n").status == 400


def test_a_large_body_is_no_large_head(served: Served) -> None:
    """Nor is the head that follows it in one packet."""
    text = f"{COUNT} #{'a' * 90_000}"
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\n{TYPED}Content-Length: {len(text)}\r\n\r\n"
    whole = f"{head}{text}".encode()
    answers = exchange(served, whole * 3 + b"GET /health/live HTTP/1.1\r\n", b"Host: x\r\n\r\n")
    assert [answer.status for answer in answers] == [200] * 4


@pytest.mark.parametrize(
    "hosts", ["", "Host: a\r\nHost: b\r\n", "Host: a\r\nHost: a\r\n", "Host: a/b\r\n"]
)
@pytest.mark.parametrize("path", ["/health/live", f"/sparql?query={quote(COUNT)}", "/nothing"])
def test_a_request_goes_to_one_host(served: Served, hosts: str, path: str) -> None:
    """None or two are refused, each time; HTTP/1.0 needs none."""
    for _ in range(3):
        answer = one(served, f"GET {path} HTTP/1.1\r\n{hosts}\r\n".encode())
        assert (answer.status, answer.problem) == (400, "malformed-request")
    assert one(served, b"GET /health/live HTTP/1.0\r\n\r\n").status == 200


def test_wishes_in_two_lines_are_as_good_as_in_one(served: Served) -> None:
    """The better of two wishes counts, whichever line it stands in, also of what is kept."""
    lines = "Accept: text/csv;q=0.5\r\n", "Accept: text/tab-separated-values\r\n"
    kinds = []
    for wishes in (lines, lines[::-1], (lines[0],), lines):
        asked = f"GET /sparql?query={quote(COUNT)} HTTP/1.1\r\nHost: x\r\n{''.join(wishes)}\r\n"
        kinds.append(one(served, asked.encode()).headers["content-type"].partition(";")[0])
    assert kinds == ["text/tab-separated-values"] * 2 + ["text/csv", "text/tab-separated-values"]
    tags = 'If-None-Match: "a"\r\n', "If-None-Match: {}\r\n"
    plain = f"GET /sparql?query={quote(COUNT)} HTTP/1.1\r\nHost: x\r\n"
    etag = one(served, f"{plain}\r\n".encode()).headers["etag"]
    assert one(served, f"{plain}{tags[0]}{tags[1].format(etag)}\r\n".encode()).status == 304


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ("Content-Type: application/sparql-query; charset=utf-8; version=1.1", 200),
        ('Content-Type: application/sparql-query; version="1; charset=x"; charset="UTF-8"', 200),
        ("Content-Type: application/sparql-query; version=1.1; charset=utf-16", 415),
        ("Content-Type: application/sparql-query\r\nContent-Encoding: gzip", 415),
        ("Content-Type: application/sparql-query\r\nContent-Encoding: identity", 200),
    ],
)
def test_how_a_body_is_written(served: Served, headers: str, status: int) -> None:
    """Its character set beside other parameters; a packed one is refused and not misread."""
    asked = f"POST /sparql HTTP/1.1\r\nHost: x\r\n{headers}\r\n{LENGTH}\r\n{COUNT}"
    assert one(served, asked.encode()).status == status


def test_a_byte_order_mark_is_no_part_of_a_query(served: Served) -> None:
    """Some editors write one before every text."""
    marked = f"\ufeff{COUNT}".encode()
    length = f"Content-Length: {len(marked)}\r\n\r\n"
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\n{TYPED}{length}".encode()
    assert one(served, head + marked).status == 200
    asked = f"GET /sparql?query={quote(marked)} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
    assert [one(served, asked).status for _ in range(3)] == [200] * 3


@pytest.mark.parametrize(
    "media_type", ["application/sparql-update", "application/x-www-form-urlencoded"]
)
def test_an_update_is_told_that_nothing_can_be_changed(served: Served, media_type: str) -> None:
    """Whichever way it comes, and to whichever address."""
    update = b"INSERT DATA { <x:a> <x:b> <x:c> }"
    body = update if "sparql" in media_type else b"update=" + quote(update).encode()
    told = served.request("POST", "/sparql", body, {"Content-Type": media_type})
    assert told.status == (415 if body is update else 400)
    assert "read-only" in told.json()["detail"]
    for method in ("PUT", "DELETE", "PATCH"):
        told = served.request(method, "/graphs?default", update)
        assert told.status == 405 and "read-only" in told.json()["detail"]


def test_options_tells_what_is_possible(served: Served) -> None:
    """At each address; a browser that asks before it asks gets an answer everywhere."""
    allowed = {
        path: served.request("OPTIONS", path).headers["allow"]
        for path in ("/sparql", "/sparql/", "/graphs", "/directions.csv", "*")
    }
    assert allowed == {
        "/sparql": "GET, HEAD, OPTIONS, POST",
        "/sparql/": "GET, HEAD, OPTIONS, POST",
        "/graphs": "GET, HEAD, OPTIONS",
        "/directions.csv": "GET, HEAD, OPTIONS",
        "*": "HEAD, OPTIONS",
    }
    assert served.request("OPTIONS", "/nothing").status == 404
    before = {"Access-Control-Request-Method": "GET", "Origin": "http://x.example"}
    assert served.request("OPTIONS", "/nothing", None, before).status == 204


def test_a_browser_gets_its_errors_as_pages(served: Served) -> None:
    """With what programs are told, and the text that was sent still in the form."""
    wrong = 'SELECT ?x WHERE { ?x <x:p> "<b>&" '
    path = f"/sparql?query={quote(wrong)}"
    program, page = served.get(path), served.get(path, BROWSER)
    assert page.status == program.status == 400
    assert page.headers["content-type"].startswith("text/html") and page.is_whole
    text = unescape(page.body.decode())
    assert program.json()["detail"] in text and "/docs#query-refused" in text
    assert f">{wrong}</textarea>" in text and "<b>" not in page.body.decode()
    form = {**BROWSER, "Content-Type": FORM}
    posted = served.request("POST", "/sparql", f"query={quote(wrong)}".encode(), form)
    assert f">{wrong}</textarea>" in unescape(posted.body.decode())
    listed = served.get("/directions?council=Nor%22folk&limit=5", BROWSER)
    assert listed.status == 400
    assert 'name="council" value="Nor"folk"' in unescape(listed.body.decode())
    assert served.get("/nothing", BROWSER).headers["content-type"].startswith("text/html")
    for accept in ("*/*", "application/json", "text/turtle", "application/json, text/html;q=0.5"):
        told = served.get("/nothing", {"Accept": accept})
        assert told.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("data", ["<x:a> a <x:B> .", "0"])
def test_data_is_checked_where_requests_come_over_a_connection(served: Served, data: str) -> None:
    """The loop of the service begins processes in its own way; there is a report, or a refusal."""
    told = served.request("POST", "/validate", data.encode(), {"Content-Type": "text/turtle"})
    assert told.status == (400 if data == "0" else 200), told.body
    assert told.is_whole
