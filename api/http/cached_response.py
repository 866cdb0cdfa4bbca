"""What a connection is told of answers that are cached, so that it can give them by itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from api.http.representation import Headers
from api.observation.observer import Told
from queries.engine.interface import Gone

DELIVERY_S = "council-interventions.delivery"
"""Where the time that an answer may take to be read stands, if it has one of its own."""
CACHED = "council-interventions.cached"
"""Where the application leaves, in the scope of a request, what it has cached of the answer."""
DAY = "council-interventions.day"
"""Where the day stands on which a request came: an answer may be right on that day alone."""


@dataclass(frozen=True)
class CachedResponse:
    """An answer as it was sent, and whether it is still the answer."""

    status: int
    headers: Headers
    body: bytes
    is_current: Callable[[], bool]


@dataclass(frozen=True)
class FoundAnswer:
    """The answer to a look-up: the lines of its headers, and its body."""

    lines: bytes
    body: bytes


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
