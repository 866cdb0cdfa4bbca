"""Answers to HTTP/1.0, which has no chunks: a body without a length ends with the connection."""

import socket
import struct
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.types import Message
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

_CHUNKED_SINCE = "1.1"
_LENGTH = b"content-length"
_RESET = struct.pack("ii", 1, 0)
_IN_ORDER = struct.pack("ii", 0, 0)


class EndedByClose:
    """Sends the answer to one request without chunks.

    Guarantee: only a whole answer ends with the connection in order. One that is cut ends with a
    reset, since nothing else tells a client of HTTP/1.0 that something is missing.
    """

    def __init__(self, cycle: RequestResponseCycle) -> None:
        self._cycle = cycle
        self._send: Callable[[Any], Awaitable[None]] = cycle.send
        self._has_no_length = False

    async def __call__(self, message: Message) -> None:
        """Send a part of the answer."""
        cycle = self._cycle
        if message["type"] == "http.response.start":
            names = [name.lower() for name, _ in message.get("headers", ())]
            self._has_no_length = _LENGTH not in names and cycle.scope["method"] != "HEAD"
            if self._has_no_length:
                cycle.chunked_encoding = cycle.keep_alive = False
                self._end_by(_RESET)
        elif self._has_no_length:
            # As much as this part is what was promised of it.
            cycle.expected_content_length = len(message.get("body", b""))
            if not message.get("more_body", False):
                self._end_by(_IN_ORDER)
        await self._send(message)

    def _end_by(self, way: bytes) -> None:
        link = self._cycle.transport.get_extra_info("socket")
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, way)


def speak_as_the_client(cycle: RequestResponseCycle) -> None:
    """Let the answer to a request have nothing that the version of its client does not know."""
    if cycle.scope["http_version"] < _CHUNKED_SINCE:
        cycle.waiting_for_100_continue = False
        answering: Any = cycle
        answering.send = EndedByClose(cycle)
