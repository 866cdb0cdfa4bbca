"""What the service and its workers say to each other over a socket.

A question is one message: its head, media type, graphs and text. An answer is any number of parts
and then the end.
"""

import json
import socket
import struct
from enum import IntEnum
from itertools import accumulate, pairwise

from queries.engine.interface import Question
from queries.sparql.query_inspection import QueryInspection

_QUESTION = struct.Struct("!dIII")
"""Head of a question: its time in seconds, and the lengths of media type, graphs and text."""
_NOTHING_SEEN = (), (), ((), (), None)
"""What no graphs stand for: most queries, which name none and have no star."""
_RECEIVED_AT_ONCE_BYTES = 64 * 2**10
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
    seen = question.inspection
    graphs = b""
    noticed = None if seen is None else (seen.default_graphs, seen.named_graphs, seen.star)
    if noticed != ((), (), None) or question.default_graphs or question.named_graphs:
        graphs = json.dumps([question.default_graphs, question.named_graphs, noticed]).encode()
    text, media_type = question.text.encode(), question.media_type.encode()
    sizes = _QUESTION.pack(budget_s, len(media_type), len(graphs), len(text))
    return b"".join((sizes, media_type, graphs, text))


def receive_question(link: socket.socket) -> tuple[float, Question]:
    """Wait for a question and return it.

    Raises: EOFError when the other side has gone.
    """
    content = _at_least(link, b"", _QUESTION.size)
    budget_s, *lengths = _QUESTION.unpack_from(content)
    content = _at_least(link, content, _QUESTION.size + sum(lengths))
    ends = list(accumulate(lengths, initial=_QUESTION.size))
    media_type, graphs, text = (content[start:end].decode() for start, end in pairwise(ends))
    default, named, seen = json.loads(graphs) if graphs else _NOTHING_SEEN
    inspection = None
    if seen is not None:
        # Of the form the worker needs to know nothing: its engine finds it out.
        seen_default, seen_named, star = seen
        inspection = QueryInspection("", tuple(seen_default), tuple(seen_named), star)
    return budget_s, Question(text, media_type, tuple(default), tuple(named), inspection)


def _at_least(link: socket.socket, content: bytes, count: int) -> bytes:
    """Return what was received, with as much more as is needed; nothing follows a question."""
    while len(content) < count:
        more = link.recv(_RECEIVED_AT_ONCE_BYTES)
        if not more:
            raise EOFError
        content += more
    return content


class Reply:
    """Collects an answer as it comes."""

    def __init__(self) -> None:
        self._pending = bytearray()
        self._data: list[bytes] = []

    def take(self, received: bytes) -> tuple[Kind, list[bytes]] | None:
        """Add what came; once the answer has ended, return how, with its parts or its message."""
        if not self._pending and len(received) >= PART.size:
            kind, length = PART.unpack_from(received)
            end = PART.size + length
            if kind == Kind.DATA and len(received) == end + PART.size:
                # Most answers come as they were sent: one part and the end, without a message.
                last, rest = PART.unpack_from(received, end)
                if last == Kind.DONE and rest == 0:
                    data, self._data = [*self._data, received[PART.size : end]], []
                    return Kind.DONE, data
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
