"""The one HTTP client: what asks stores and publishers, and writes into stores."""

import os
import socket
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib.metadata import version
from typing import Any

import httpx2

AGENT = f"council-interventions/{version('council-interventions')}"
"""What we call ourselves."""


_CONNECTED = "connection.connect_tcp.complete"


class TimeLimit:
    """Ends an exchange at its limit of time, whatever the other side sends until then.

    A server that sends its head, or the beginning of a secure connection, byte by byte is never
    silent for long: no time for a single step would end that.
    """

    def __init__(self, limit_s: float) -> None:
        self.is_over = False
        self._links: list[socket.socket] = []
        self._timer = threading.Timer(limit_s, self._end)
        self._timer.daemon = True

    @property
    def extensions(self) -> dict[str, Callable[[str, dict[str, Any]], None]]:
        """Return what a request has to carry for its connections to be ended."""
        return {"trace": self._note}

    def check(self) -> None:
        """Check that the exchange was not ended: a body that ends with its connection seems whole.

        Raises: httpx2.ReadTimeout.
        """
        if self.is_over:
            raise httpx2.ReadTimeout("the exchange was ended at its limit of time")

    def _note(self, event: str, told: dict[str, Any]) -> None:
        """Keep a way to a connection that stays one when the client secures it."""
        if event == _CONNECTED:
            link = told["return_value"].get_extra_info("socket")
            self._links.append(socket.socket(fileno=os.dup(link.fileno())))
            if self.is_over:
                self._end()

    def _end(self) -> None:
        self.is_over = True
        for link in self._links:
            with suppress(OSError):
                link.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> "TimeLimit":
        """Begin to count."""
        self._timer.start()
        return self

    def __exit__(self, *told: object) -> None:
        """Count no longer."""
        self._timer.cancel()
        self._timer.join()
        for link in self._links:
            link.close()


def new_client(timeout_s: float, **options: Any) -> httpx2.Client:
    """Return a client that waits so long for each step of an exchange.

    Guarantee: a connection serves one exchange, so that a server that was started anew is not found
    out by a request that fails; answers are asked for as they are, not packed, so that what is
    counted as it arrives is what is kept; no redirection is followed unless the options say so.
    """
    return httpx2.Client(
        timeout=timeout_s,
        headers={"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity"},
        limits=httpx2.Limits(max_connections=None, max_keepalive_connections=0),
        **options,
    )


def read_within(
    pieces: Iterable[bytes], limit_bytes: int, check_time: Callable[[], object]
) -> bytes | None:
    """Return the body of an answer, piece by piece as it comes, or None for one above the limit.

    In: what raises the error for an answer that takes too long; asked after each piece.
    """
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > limit_bytes:
            return None
        check_time()
    return bytes(body)
