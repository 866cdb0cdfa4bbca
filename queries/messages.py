"""What the service and its workers say to each other over a socket.

A question is one message: its length, then JSON. An answer is any number of parts and then the end.
"""

from __future__ import annotations

import json
import socket
import struct
from enum import IntEnum

from queries.engine import Question

LENGTH = struct.Struct("!I")
PART = struct.Struct("!BI")
"""Head of each part of an answer: its kind, and the bytes that follow."""


class Kind(IntEnum):
    """The kinds of parts: data, or the end, whose bytes are then a message."""

    DATA = 0
    DONE = 1
    REFUSED = 2
    TOO_LARGE = 3
    READY = 4


def packed_question(question: Question, budget_s: float) -> bytes:
    """Return the message that asks a question, and how long a worker may take for it."""
    body = json.dumps(
        [
            budget_s,
            question.text,
            question.media_type,
            question.default_graphs,
            question.named_graphs,
        ]
    ).encode()
    return LENGTH.pack(len(body)) + body


def receive_question(link: socket.socket) -> tuple[float, Question]:
    """Wait for a question and return it.

    Raises: EOFError when the other side has gone.
    """
    (length,) = LENGTH.unpack(_exactly(link, LENGTH.size))
    budget_s, text, media_type, default, named = json.loads(_exactly(link, length))
    return budget_s, Question(text, media_type, tuple(default), tuple(named))


def _exactly(link: socket.socket, count: int) -> bytes:
    """Return so many bytes from a socket."""
    content = link.recv(count)
    while len(content) < count:
        more = link.recv(count - len(content))
        if not more:
            raise EOFError
        content += more
    return content


class Reply:
    """Collects an answer as it comes."""

    def __init__(self) -> None:
        """Start empty."""
        self._pending = bytearray()
        self._data: list[bytes] = []

    def take(self, received: bytes) -> tuple[Kind, list[bytes]] | None:
        """Add what came; once the answer has ended, return how, with its parts or its message."""
        self._pending += received
        while len(self._pending) >= PART.size:
            kind, length = PART.unpack_from(self._pending)
            if len(self._pending) < PART.size + length:
                return None
            content = bytes(self._pending[PART.size : PART.size + length])
            del self._pending[: PART.size + length]
            if kind == Kind.DATA:
                self._data.append(content)
                continue
            data, self._data = self._data, []
            return Kind(kind), data if kind == Kind.DONE else [content]
        return None
