"""One answer as it is sent and cached: its bytes, plain and compressed, and the tag of each."""

import asyncio
import gzip
import hashlib
import re
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from starlette.types import Message

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class FoundAnswer:
    """The answer to a look-up: the lines of its headers, and its body."""

    lines: bytes
    body: bytes


_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
POLICY_WITH_SCRIPT = f"{_POLICY}; script-src 'self'; connect-src 'self'"
"""The policy of a page that runs a script of ours, which may ask this service and nobody else."""
HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"ETag, Link, Memento-Datetime, Query-Limits, Retry-After, X-Request-ID, X-Total-Count",
    ),
)
"""Headers of every answer."""
_FRESH_S = 60
_FRESH = b"cache-control", f"public, max-age={_FRESH_S}".encode()
_VARY = b"Accept-Encoding"
_VARY_BY_FORMAT = b"Accept, Accept-Encoding"
_WORTH_PACKING_BYTES = 1_400
"""About what fits one packet; less would not arrive any sooner."""
_PACKED_BESIDE_BYTES = 64 * 2**10
"""Above this the compression runs in a thread, so that others need not wait for it."""
_PACKING_LEVEL = 6
_LARGE_BYTES = 2**20
"""Above this an answer is hashed in a thread, packed in a hurry, and counts among those on their
way to slow clients."""
WHOLE_FILE = "http.response.pathsend"
"""The message by which an application names a file in place of its bytes."""
PIECES = "council-interventions.pieces"
"""The message by which an application tells what makes its answer piece by piece, in place of its
bytes."""
Pieces = Callable[[], AsyncIterator[bytes]]
_HURRIED_LEVEL = 1
_PACKING_S = 0.5
_HEADERS_BYTES = 1_000
_GZIP_REFUSED = re.compile(rb"gzip\s*;\s*q=0(?:\.0*)?\s*(?:,|$)", re.IGNORECASE)
_DECIDED_HERE = b"content-length", b"vary", b"etag"
"""Headers of the application's answer that are made anew."""
_NOT_REPEATED = b"content-type", b"content-length"
"""Headers of an answer that its 304 leaves out."""


@dataclass
class Representation:
    """A whole answer.

    In: `etag` is empty for what may be different the next time, and is then not cached; `file`
    holds the body of an answer that is too large to be read at once; `pieces` makes one that is
    too large to be held at all.
    """

    status: int
    headers: Headers
    body: bytes
    etag: str = ""
    packed: bytes | None = None
    packing: asyncio.Future[bytes] | None = None
    file: Path | None = None
    file_bytes: int = 0
    pieces: Pieces | None = None

    @property
    def can_be_cached(self) -> bool:
        """Return whether the same request has the same answer from now on, and it is here.

        A file is not: whether it is still what was published is asked each time.
        """
        return bool(self.etag) and self.pieces is None and self.file is None

    @property
    def size_bytes(self) -> int:
        """Return about how much memory it takes, once it is compressed too."""
        return len(self.body) + len(self.body) // 2 + _HEADERS_BYTES

    @property
    def is_worth_packing(self) -> bool:
        """Return whether compression would be worth its time."""
        return self.status == 200 and len(self.body) >= _WORTH_PACKING_BYTES

    @property
    def is_soon_packed(self) -> bool:
        """Return whether the body is so small that others need not wait for its compression."""
        return len(self.body) <= _PACKED_BESIDE_BYTES

    async def pack(self) -> None:
        """Compress the body, once for all clients; the same bytes give the same bytes.

        Of the large ones, one at a time is compressed, for a moment only; else they leave as they
        are.
        """
        if len(self.body) > _LARGE_BYTES:
            await self._pack_large()
        elif self.is_soon_packed:
            self.pack_at_once()
        else:
            self.packed = await asyncio.to_thread(_compressed, self.body, _PACKING_LEVEL)

    def pack_at_once(self) -> None:
        """Compress the body; others wait meanwhile."""
        self.packed = _compressed(self.body, _PACKING_LEVEL)

    async def _pack_large(self) -> None:
        """Compress the body if that can be done in a moment; it is finished for the next client."""
        if self.packing is None and not _PACKER.is_busy:
            self.packing = asyncio.ensure_future(_PACKER.packed(self.body))
        if self.packing is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(_PACKING_S):
                    self.packed = await asyncio.shield(self.packing)

    def chosen(self, known_tags: bytes | None, *, packed: bool) -> tuple[int, Headers, bytes]:
        """Return status, headers and body for a client, or 304 if it has this already.

        In: its If-None-Match header, and whether it reads compressed answers.
        """
        body, decided = self.decided(packed=packed)
        etag = dict(decided).get(b"etag", b"").decode()
        if known_tags is not None and etag and matches(known_tags.decode("latin-1"), etag):
            headers = [pair for pair in self.headers if pair[0] not in _NOT_REPEATED]
            return 304, [*headers, (b"etag", etag.encode())], b""
        return self.status, [*self.headers, *decided], body

    def decided(self, *, packed: bool) -> tuple[bytes, Headers]:
        """Return the body for a client, and the headers that tell of just these bytes.

        In: whether the client reads compressed answers.
        """
        body, etag, headers = self.body, self.etag, []
        if packed and self.packed is not None:
            body = self.packed
            headers = [(b"content-encoding", b"gzip")]
            etag = etag and f'{etag[:-1]}-gzip"'
        if etag:
            headers.append((b"etag", etag.encode()))
        if self.pieces is None:
            length = len(body) if self.file is None else self.file_bytes
            headers.append((b"content-length", b"%d" % length))
        return body, headers


@dataclass
class Collected:
    """Takes the parts of an answer and keeps them."""

    status: int = 500
    headers: Headers = field(default_factory=list)
    body: bytes | bytearray = field(default_factory=bytearray)
    is_whole: bool = False
    file: Path | None = None
    pieces: Pieces | None = None
    named: bytes = b""

    async def __call__(self, message: Message) -> None:
        """Take one part."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = list(message["headers"])
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")
            self.is_whole = not message.get("more_body", False)
        elif message["type"] == WHOLE_FILE:
            self.file, self.is_whole = Path(message["path"]), True
        elif message["type"] == PIECES:
            self.pieces, self.named, self.is_whole = message["pieces"], message["named"], True

    def representation(self, release: str, *, is_read: bool) -> Representation:
        """Return the answer with the headers that every answer has, and a tag if it can be cached.

        In: whether it is the answer to a GET or HEAD request.
        """
        said = [pair for pair in self.headers if pair[0] not in _DECIDED_HERE]
        vary = b", ".join([value for name, value in self.headers if name == b"vary"])
        is_cached = self.status == 200 and is_read
        control = next((value for name, value in said if name == b"cache-control"), b"")
        if b"no-store" in control:
            is_cached = False
        elif is_cached and not control:
            said.append(_FRESH)
        body, file, file_bytes = bytes(self.body), self.file, 0
        file_is_kept = any(name == b"accept-ranges" for name, _ in said)
        if file is not None:
            file_bytes = file.stat().st_size
            if file_bytes <= _LARGE_BYTES and not file_is_kept:
                body, file = file.read_bytes(), None
        own = {name for name, _ in said}
        usual = [pair for pair in HEADERS if pair[0] not in own]
        headers = [*said, *usual, (b"vary", b"Accept-Encoding, " + vary if vary else _VARY)]
        # A release never changes, so the name and the size of a file of it say which bytes it has.
        named = body if file is None else f"{file.name} {file_bytes:x}".encode()
        etag = tag(release, named)
        if self.pieces is not None:
            etag = tag(release, self.named)
        return Representation(
            *(self.status, headers, body, etag if is_cached else ""),
            file=file,
            file_bytes=file_bytes,
            pieces=self.pieces,
        )


@lru_cache(maxsize=100)
def query_headers(media_type: str, limits: str, is_cached: bool) -> Headers:
    """Return the headers of the answer to a query in a format; they are made once."""
    freshness = _FRESH if is_cached else (b"cache-control", b"no-store")
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return [
        (b"content-type", f"{media_type}{charset}".encode()),
        (b"query-limits", limits.encode()),
        *HEADERS,
        (b"vary", _VARY_BY_FORMAT),
        freshness,
    ]


@lru_cache(maxsize=100)
def query_lines(media_type: str, limits: str) -> bytes:
    """Return the lines of the headers of a query's answer that may be cached; made once."""
    return header_lines(query_headers(media_type, limits, is_cached=True))


def header_lines(headers: Headers) -> bytes:
    r"""Return headers as they are sent.

    >>> header_lines([(b"vary", b"Accept"), (b"etag", b'"x"')])
    b'vary: Accept\r\netag: "x"\r\n'
    """
    return b"".join([b"%b: %b\r\n" % pair for pair in headers])


def tag(release: str, body: bytes) -> str:
    """Return the strong tag of a body: the release, and what was answered from it."""
    return f'"{release}-{hashlib.sha256(body).hexdigest()[:16]}"'


async def tag_beside(release: str, body: bytes) -> str:
    """Return the strong tag of a body; if it is large, others need not wait for that."""
    if len(body) > _LARGE_BYTES:
        return await asyncio.to_thread(tag, release, body)
    return tag(release, body)


def reads_gzip(accept_encoding: bytes) -> bool:
    """Return whether a client reads compressed answers, by its Accept-Encoding header.

    >>> reads_gzip(b"gzip, br"), reads_gzip(b"br, gzip;q=0"), reads_gzip(b"gzip;q=0.5")
    (True, False, True)
    """
    return b"gzip" in accept_encoding and _GZIP_REFUSED.search(accept_encoding) is None


def found_at_once(
    media_type: str, body: bytes, release: str, limits: str, accept_encoding: bytes
) -> FoundAnswer | None:
    """Return the answer to a look-up as it is sent; None where others would wait for packing it.

    In: the value of the header that tells the limits of a query; the client's Accept-Encoding.
    """
    answer = Representation(200, [], body, tag(release, body))
    packed = answer.is_worth_packing and reads_gzip(accept_encoding)
    if packed:
        if not answer.is_soon_packed:
            return None
        answer.pack_at_once()
    sent, decided = answer.decided(packed=packed)
    return FoundAnswer(query_lines(media_type, limits) + header_lines(decided), sent)


def _compressed(body: bytes, level: int) -> bytes:
    return gzip.compress(body, level, mtime=0)


class Packer:
    """Compresses large bodies, one at a time."""

    def __init__(self) -> None:
        self.is_busy = False
        self._thread = ThreadPoolExecutor(1, "packing")

    async def packed(self, body: bytes) -> bytes:
        """Return a body compressed."""
        self.is_busy = True
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._thread, _compressed, body, _HURRIED_LEVEL)
        finally:
            self.is_busy = False


def matches(given: str, etag: str) -> bool:
    """Return whether the client already has the representation (RFC 9110, section 13.1.2)."""
    tags = [tag.strip().removeprefix("W/") for tag in given.split(",")]
    return "*" in tags or etag in tags


_PACKER = Packer()
