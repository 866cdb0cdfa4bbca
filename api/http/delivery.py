"""Answers on their way to clients: a file piece by piece, and what is made while it is sent."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

from starlette.types import Message, Scope, Send

from api.http.representation import Representation
from api.observation.observer import Told
from ontology.errors import InterventionsError

_MORE = {"type": "http.response.body", "more_body": True}
_MADE_AT_ONCE = 2
_SENT_AT_ONCE = 16
_PATIENCE_S = 10.0
"""How long a reader may take nothing before another may have its place."""
_FILE_PIECE_BYTES = 2**20


async def send_file(answer: Representation, send: Send, within_s: float) -> None:
    """Send the file of an answer behind its head, piece by piece, as fast as the client takes it.

    Raises: TimeoutError for a client that is too slow; then the connection has to be ended.
    """
    assert answer.file is not None
    left = answer.file_bytes
    async with asyncio.timeout(within_s):
        with await asyncio.to_thread(answer.file.open, "rb") as file:
            while left:
                piece = await asyncio.to_thread(file.read, min(_FILE_PIECE_BYTES, left))
                if not piece:
                    # It was cut meanwhile; the client sees that by the length it was promised.
                    raise TimeoutError(f"{answer.file} became shorter")
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
