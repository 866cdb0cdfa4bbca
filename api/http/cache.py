"""Answers that are cached for the next client: by release, so that none is ever out of date."""

import sys
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from queries.engine.interface import Question


class _Sized(Protocol):
    @property
    def size_bytes(self) -> int: ...


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
