"""Answers that are cached for the next client, and what a connection is told of them.

They are cached by release, so that none is ever out of date.
"""

import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Generic, Protocol, TypeVar

from api.http.representation import Headers
from api.observation.observer import Told
from queries.engine.interface import Gone, Question


class _Sized(Protocol):
    @property
    def size_bytes(self) -> int: ...


DELIVERY_S = "council-interventions.delivery"
"""Where the time that an answer may take to be read stands, if it has one of its own."""
CACHED = "council-interventions.cached"
"""Where the application leaves, in the scope of a request, what it has cached of the answer."""
DAY = "council-interventions.day"
"""Where the day stands on which a request came: an answer may be right on that day alone."""
_ANSWER_BYTES = 200
"""About what an answer takes beside its body."""

Cached = TypeVar("Cached", bound=_Sized)


class Cache(Generic[Cached]):
    """The answers asked for last, up to a number of bytes.

    Guarantee: a key names a release, whose answers never change; so nothing has to be thrown away
    when another release takes over, and what was cached of one is right again if it comes back.
    """

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._entries: OrderedDict[Hashable, tuple[Cached, int]] = OrderedDict()
        self._bytes = 0

    @property
    def size_bytes(self) -> int:
        """Return how much memory the answers take."""
        return self._bytes

    def get(self, key: Hashable) -> Cached | None:
        """Return what is cached under a key, if anything."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        self._entries.move_to_end(key)
        return entry[0]

    def add(self, key: Hashable, answer: Cached) -> None:
        """Add an answer, unless it alone would take most of the room."""
        size = answer.size_bytes + _key_bytes(key)
        if key in self._entries:
            self._drop(key)
        if size > self._limit_bytes // 4:
            return
        self._entries[key] = (answer, size)
        self._bytes += size
        while self._bytes > self._limit_bytes:
            self._drop(next(iter(self._entries)))

    def _drop(self, key: Hashable) -> None:
        _, size = self._entries.pop(key, (None, 0))
        self._bytes -= size


def _key_bytes(key: object) -> int:
    """Return about how much memory a key takes: what was asked may be longer than the answer."""
    if isinstance(key, bytes):
        return len(key)
    if isinstance(key, tuple):
        return sum(map(_key_bytes, key))
    if isinstance(key, Question):
        return len(key.text) + sum(map(len, key.default_graphs + key.named_graphs))
    return sys.getsizeof(key)


@dataclass(frozen=True)
class Answer:
    """The answer to a query, and whether it is the same the next time."""

    media_type: str
    body: bytes
    is_lasting: bool

    @property
    def size_bytes(self) -> int:
        """Return about how much memory it takes."""
        return len(self.body) + _ANSWER_BYTES


@dataclass(frozen=True)
class CachedResponse:
    """An answer as it was sent, and whether it is still the answer."""

    status: int
    headers: Headers
    body: bytes
    is_current: Callable[[], bool]


@dataclass(frozen=True)
class CachedBytes:
    """The bytes of an answer but for the headers of the server, which tell the time."""

    request_bytes: int
    status_line: bytes
    rest: bytes
    is_current: Callable[[], bool]
    path: str
    told: Told

    @property
    def size_bytes(self) -> int:
        """Return about how much memory it takes."""
        return self.request_bytes + len(self.rest)


@dataclass(frozen=True)
class KnownHeaders:
    """The headers that came with a plain query, after the parser has read them once."""

    headers: Mapping[bytes, bytes]
    size_bytes: int


@dataclass
class PlainQuery:
    """A query that needs nothing but its text and the headers that came with it.

    Out: the application says whether it was asked this before, and what it has cached of it; the
    bytes of an answer are cached when it is asked for the second time, for most are asked once.
    """

    text: str
    headers: Mapping[bytes, bytes]
    gone: Gone
    is_known: bool = False
    cached: CachedResponse | None = None
    told: Told | None = None


def today() -> date:
    """Return the day up to whose end an answer is kept, since a page may say what is so today."""
    return datetime.now(UTC).date()
