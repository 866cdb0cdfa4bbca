"""A server that answers as it is told, badly for the most part."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    """Answers each request as the next of the server's answers says."""

    protocol_version = "HTTP/1.1"
    server: Flaky

    def do_GET(self) -> None:
        """Answer."""
        self._answer(b"")

    def do_POST(self) -> None:
        """Answer."""
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def version_string(self) -> str:
        """Return what the server calls itself."""
        return self.server.name

    def _answer(self, body: bytes) -> None:
        """Answer as the next answer says; the last one holds for all that follow."""
        self.server.asked.append((dict(self.headers), body))
        number = min(len(self.server.asked), len(self.server.answers)) - 1
        self.server.answers[number](self)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


Answer = Callable[[Handler], None]


class Flaky(ThreadingHTTPServer):
    """A server with its answers in order, and what it was asked."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, answers: tuple[Answer, ...], name: str) -> None:
        """Listen on a free port."""
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = answers
        self.name = name
        self.asked: list[tuple[dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        """Return its address for queries."""
        return f"http://127.0.0.1:{self.server_address[1]}/query"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that go away are what is tested."""


@contextmanager
def flaky(*answers: Answer, name: str = "Flaky/1.0") -> Iterator[Flaky]:
    """Run a server with these answers."""
    server = Flaky(answers, name)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def send(
    body: bytes,
    status: int = 200,
    media_type: str = "application/sparql-results+json",
    length: int | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Return the answer that sends a body, perhaps with another length than it has."""

    def answer(handler: Handler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", media_type)
        for header, value in (headers or {}).items():
            handler.send_header(header, value)
        if length is None:
            handler.send_header("Content-Length", str(len(body)))
        elif length >= 0:
            handler.send_header("Content-Length", str(length))
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = length is not None

    return answer


def reset(handler: Handler) -> None:
    """Reset the connection."""
    linger = struct.pack("ii", 1, 0)
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    handler.close_connection = True
    handler.connection.close()


def wait(seconds: float, then: Answer) -> Answer:
    """Return the answer that comes late, or never if the client goes away."""

    def answer(handler: Handler) -> None:
        threading.Event().wait(seconds)
        then(handler)

    return answer


def trickle(body: bytes, seconds: float) -> Answer:
    """Return the answer that comes one byte at a time."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        for place in range(len(body)):
            handler.wfile.write(body[place : place + 1])
            threading.Event().wait(seconds)

    return answer
