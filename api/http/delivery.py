"""Answers on their way to clients: a file piece by piece, and what is made while it is sent."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.types import Message, Scope, Send

from api.http.representation import Headers, Representation, matches
from api.observation.observer import Told
from ontology.errors import BeyondTheFile, InterventionsError
from queries.tables.files import PACKED_FOLDER

_MORE = {"type": "http.response.body", "more_body": True}
_MADE_AT_ONCE = 2
_SENT_AT_ONCE = 16
_PATIENCE_S = 10.0
"""How long a reader may take nothing before another may have its place."""
_FILE_PIECE_BYTES = 2**20


_PACKED_FORMS = (b"zstd", ".zst"), (b"gzip", ".gz")
"""The ways of packing, the best first, with the ends of names of files that are packed already."""
_UNPACKED = re.compile(rb"q=0(?:\.0*)?\s*$")
# takes (fullmatch): b"bytes=0-99", b"bytes=100-", b"bytes=-500"
# leaves (fullmatch): b"bytes=0-1,5-6", b"lines=1-2"
_RANGE = re.compile(rb"bytes=(\d*)-(\d*)")


@dataclass(frozen=True)
class FilePart:
    """What is sent of a file: its head, and which bytes follow."""

    file: Path
    status: int
    headers: Headers
    start: int
    length: int


def file_part(answer: Representation, given: Mapping[bytes, bytes]) -> FilePart:
    """Return what is sent of the file of an answer: all, a range of bytes, or that it is known.

    In: the headers of the request. A range is one of bytes; of several, all is sent, as a server
    may. With `If-Range` it holds for the same bytes only (RFC 9110, sections 13 and 14).
    Raises: BeyondTheFile.
    """
    assert answer.file is not None
    file, size, etag, extra = answer.file, answer.file_bytes, answer.etag, []
    if packed := _packed_form(answer.file, given.get(b"accept-encoding", b"")):
        coding, file = packed
        size = file.stat().st_size
        etag = etag and f'{etag[:-1]}-{coding.decode()}"'
        extra.append((b"content-encoding", coding))
    if etag:
        extra.append((b"etag", etag.encode()))
    known = given.get(b"if-none-match")
    if known is not None and etag and matches(known.decode("latin-1"), etag):
        left_out = b"content-type", b"content-length"
        kept = [pair for pair in answer.headers if pair[0] not in left_out]
        return FilePart(file, 304, [*kept, (b"etag", etag.encode())], 0, 0)
    status, start, length = answer.status, 0, size
    is_same = given.get(b"if-range", etag.encode()) == etag.encode()
    if (asked := _RANGE.fullmatch(given.get(b"range", b""))) and is_same and any(asked.groups()):
        first, last = _bounds(asked[1], asked[2], size)
        if first > last:
            wanted = given[b"range"].decode("latin-1")
            raise BeyondTheFile(f"the file has {size:,} bytes, and none in {wanted}", wanted, size)
        status, start, length = 206, first, last - first + 1
        extra.append((b"content-range", f"bytes {first}-{last}/{size}".encode()))
    extra.append((b"content-length", str(length).encode()))
    return FilePart(file, status, [*answer.headers, *extra], start, length)


def _packed_form(file: Path, accepted: bytes) -> tuple[bytes, Path] | None:
    """Return the way of packing that a client reads, and the file that is packed so, if any."""
    wishes = [wish.strip() for wish in accepted.lower().split(b",")]
    for coding, suffix in _PACKED_FORMS:
        place = file.parent / PACKED_FOLDER / f"{file.name}{suffix}"
        is_read = any(
            wish.partition(b";")[0].strip() == coding and not _UNPACKED.search(wish)
            for wish in wishes
        )
        if is_read and place.is_file():
            return coding, place
    return None


def _bounds(first: bytes, last: bytes, size: int) -> tuple[int, int]:
    """Return the first and the last byte of a range; the first is behind the last if none is there.

    >>> _bounds(b"0", b"99", 50), _bounds(b"", b"10", 50), _bounds(b"50", b"", 50)
    ((0, 49), (40, 49), (50, 49))
    """
    if not first:
        return (max(size - int(last), 0), size - 1) if int(last) else (size, size - 1)
    if last and int(last) < int(first):
        return size, size - 1
    return int(first), min(int(last or size), size - 1)


async def send_file(part: FilePart, send: Send, within_s: float, *, has_body: bool) -> None:
    """Send a part of a file behind its head, piece by piece, as fast as the client takes it.

    In: whether the bytes themselves are wanted, and not the head alone.
    Raises: TimeoutError for a client that is too slow; then the connection has to be ended.
    """
    await send({"type": "http.response.start", "status": part.status, "headers": part.headers})
    left = part.length if has_body else 0
    if not left:
        await send({"type": "http.response.body", "body": b""})
        return
    async with asyncio.timeout(within_s):
        with await asyncio.to_thread(part.file.open, "rb") as file:
            file.seek(part.start)
            while left:
                piece = await asyncio.to_thread(file.read, min(_FILE_PIECE_BYTES, left))
                if not piece:
                    # It was cut meanwhile; the client sees that by the length it was promised.
                    raise TimeoutError(f"{part.file} became shorter")
                left -= len(piece)
                await send({"type": "http.response.body", "body": piece, "more_body": left > 0})


@dataclass(eq=False)
class _Sending:
    """An answer that is being made and sent: since when it waits for its reader, and how long."""

    waits_since: float | None = None
    wait: asyncio.Timeout | None = None

    def end(self) -> None:
        """Let the wait for the reader be over."""
        if self.wait is not None:
            self.wait.reschedule(0)


class Makers:
    """Sends answers while they are made.

    Guarantee: a few pieces are made at once, for each keeps a worker busy; whoever waits for a
    reader keeps none. Where many answers wait, the one whose reader has taken nothing for longest
    makes room for the next.
    """

    def __init__(self, places: int = _SENT_AT_ONCE, patience_s: float = _PATIENCE_S) -> None:
        self._places, self._patience_s = places, patience_s
        self._turns = asyncio.Semaphore(_MADE_AT_ONCE)
        self._sendings: dict[_Sending, None] = {}

    @property
    def are_busy(self) -> bool:
        """Return whether no more can be sent now."""
        return len(self._sendings) >= self._places and self._idlest() is None

    async def send(
        self, scope: Scope, answer: Representation, known: bytes | None, send: Send, within_s: float
    ) -> Told:
        """Send an answer that is made meanwhile, and return what is told of it.

        In: the client's If-None-Match; how long it may take for one piece.
        Raises: TimeoutError for a client that is too slow, and for an answer that could not be
        made to its end; then the connection has to be ended.
        """
        status, headers, _ = answer.chosen(known, packed=False)
        start = {"type": "http.response.start", "status": status, "headers": headers}
        has_body = status == 200 and scope["method"] != "HEAD"
        sent = 0
        sending = self._begun()
        try:
            await send(start)
            async for piece in self._made(answer) if has_body else _nothing():
                await self._take(sending, send, {**_MORE, "body": piece}, within_s)
                sent += len(piece)
            # The end waits, as each piece does, until the client has taken what stands before it.
            await self._take(sending, send, {"type": "http.response.body", "body": b""}, within_s)
        except InterventionsError as error:
            raise TimeoutError(f"the answer could not be made to its end: {error}") from error
        finally:
            self._sendings.pop(sending, None)
        return Told(status, sent, is_kept=False)

    def _begun(self) -> _Sending:
        """Return the place of a new answer; where there is none, the idlest one is given up."""
        idlest = self._idlest() if len(self._sendings) >= self._places else None
        if idlest is not None:
            idlest.end()
            del self._sendings[idlest]
        sending = _Sending()
        self._sendings[sending] = None
        return sending

    def _idlest(self) -> _Sending | None:
        """Return the answer whose reader has taken nothing for longest, if that is long."""
        waiting = [(one.waits_since, one) for one in self._sendings if one.waits_since is not None]
        since, idlest = min(waiting, key=lambda pair: pair[0], default=(0.0, None))
        is_long = asyncio.get_running_loop().time() - since > self._patience_s
        return idlest if is_long else None

    async def _made(self, answer: Representation) -> AsyncIterator[bytes]:
        """Yield the pieces of an answer, each made in its turn."""
        assert answer.pieces is not None
        pieces = answer.pieces()
        while True:
            async with self._turns:
                piece = await anext(pieces, None)
            if piece is None:
                return
            yield piece

    async def _take(self, sending: _Sending, send: Send, message: Message, within_s: float) -> None:
        """Send a part once its reader has taken those before it."""
        sending.waits_since = asyncio.get_running_loop().time()
        async with asyncio.timeout(within_s) as sending.wait:
            await send(message)
        sending.waits_since = sending.wait = None


async def _nothing() -> AsyncIterator[bytes]:
    """Yield the pieces of an answer without a body."""
    for piece in tuple[bytes, ...]():
        yield piece
