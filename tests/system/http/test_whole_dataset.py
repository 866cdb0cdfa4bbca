"""The whole dataset is the file of the release, of any size; a whole table comes in chunks."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from data.releases import DATA_FILE, current_release
from tests.fixtures.servers.raw_answers import answers_in
from tests.fixtures.servers.served import Served, serving

ANSWER_BYTES = 16 * 2**20
"""Less than the file has: no answer of an engine could be it."""
PATH = "/graphs.nq"


@pytest.fixture(scope="module")
def served(release: Path) -> Iterator[Served]:
    """Return a service on the five documents with small answers."""
    with serving(release=release, answer_bytes=ANSWER_BYTES) as running:
        yield running


def test_the_file_of_the_release_is_sent_whole(served: Served, release: Path) -> None:
    """Byte for byte, with its length, by suffix and by Accept, packed for nobody."""
    content = (current_release(release) / DATA_FILE).read_bytes()
    assert len(content) > ANSWER_BYTES
    accepted = {"Accept": "application/n-quads", "Accept-Encoding": "gzip"}
    for told in (served.get(PATH), served.get("/graphs", accepted), served.get(PATH)):
        assert told.status == 200 and told.is_whole
        assert told.body == content
        assert told.headers["content-type"].partition(";")[0] == "application/n-quads"
    part = served.get("/graphs", accepted | {"Range": "bytes=10-19"})
    assert (part.status, part.body) == (206, content[10:20])


def test_who_has_it_is_told_so(served: Served) -> None:
    """HEAD has the length and no body; a client that has the file gets 304."""
    told = served.get(PATH)
    head = served.request("HEAD", PATH)
    assert head.status == 200 and head.body == b""
    assert head.headers["content-length"] == told.headers["content-length"]
    again = served.get(PATH, {"If-None-Match": told.headers["etag"]})
    assert again.status == 304 and again.body == b""


def test_nothing_is_asked_within_it(served: Served, release: Path) -> None:
    """A client that has asked on, and sends nothing more, reads it slowly and as it is."""
    paths = "/health/live", PATH, "/health/live"
    asked = "".join(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n" for path in paths)
    with socket.socket() as link:
        link.settimeout(60)
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        link.connect(("127.0.0.1", served.port))
        link.sendall(asked.encode())
        link.shutdown(socket.SHUT_WR)
        time.sleep(1)
        received = bytearray()
        while part := link.recv(2**20):
            received += part
    content = (current_release(release) / DATA_FILE).read_bytes()
    head, _, body = bytes(received).partition(b"\r\n\r\n")[2].partition(b"\r\n\r\n")
    assert b"content-length: %d" % len(content) in head
    assert body[: len(content)] == content
    assert body[len(content) :].startswith(b"HTTP/1.1 200 ")


def test_a_table_that_is_made_while_it_is_sent_comes_in_chunks(served: Served) -> None:
    """They are the whole table, another answer follows, and what is cut anywhere is no answer."""
    paths = "/coverage.csv", "/health/live"
    asked = "".join(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n" for path in paths).encode()
    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as link:
        link.sendall(asked)
        link.shutdown(socket.SHUT_WR)
        received = b"".join(iter(lambda: link.recv(2**20), b""))
    table, live = answers_in(asked, received)
    assert table.headers["transfer-encoding"] == "chunked" and live.status == 200
    assert table.body == served.get(paths[0]).body != b""
    whole = received.rindex(b"HTTP/1.1 200 ")
    for end in (whole - 1, whole - 2, whole - 5, whole - 6, whole // 2, 20):
        with pytest.raises(AssertionError):
            list(answers_in(asked, received[:end]))


def everything_on(link: socket.socket) -> bytes:
    """Return what comes over a connection until it ends."""
    return b"".join(iter(lambda: link.recv(2**20), b""))


def test_a_client_without_chunks_reads_a_table_up_to_the_end(served: Served) -> None:
    """HTTP/1.0 knows none: not for any whole table, and no word that it does not know is sent."""
    for path in ("/coverage.csv", "/claims.csv", "/graphs.nq", "/councils.csv", "/health/live"):
        head = f"{path} HTTP/1.0\r\nHost: x\r\nExpect: 100-continue\r\n"
        for method in ("GET", "HEAD"):
            asked = f"{method} {head}Connection: keep-alive\r\n\r\n".encode()
            with socket.create_connection(("127.0.0.1", served.port), timeout=60) as link:
                link.sendall(asked)
                received = everything_on(link)
            assert received.startswith(b"HTTP/1.1 200 "), received[:100]
            (answer,) = answers_in(asked, received)
            assert "transfer-encoding" not in answer.headers
            assert answer.headers["connection"] == "close"
            assert answer.body == (served.get(path).body if method == "GET" else b"")


def test_a_table_that_is_cut_does_not_end_in_order(served: Served) -> None:
    """Else a client of HTTP/1.0, which is told no length, would take it for whole."""
    with socket.socket() as link:
        link.settimeout(60)
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        link.connect(("127.0.0.1", served.port))
        link.sendall(b"GET /claims.csv HTTP/1.0\r\nHost: x\r\n\r\n")
        assert link.recv(100).startswith(b"HTTP/1.1 200 ")
        for number in served.workers(visitors=False):
            os.kill(number, signal.SIGSTOP)
        with pytest.raises(ConnectionResetError):
            everything_on(link)
    for number in served.workers(visitors=False):
        os.kill(number, signal.SIGKILL)


def test_readers_that_do_not_read_keep_nobody_from_a_table(served: Served) -> None:
    """They have what they can take; who reads gets the whole of it meanwhile."""
    whole = served.get("/claims.csv").body
    with ExitStack() as links:
        for _ in range(4):
            link = links.enter_context(socket.socket())
            link.settimeout(60)
            link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            link.connect(("127.0.0.1", served.port))
            link.sendall(b"GET /claims.csv HTTP/1.1\r\nHost: x\r\n\r\n")
            assert link.recv(100).startswith(b"HTTP/1.1 200 ")
        told = served.get("/claims.csv")
    assert (told.status, told.body) == (200, whole)
