"""The service's end of one worker: asks it, hears it, kills it."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import cast

from ontology.errors import QueryLost
from queries.pool.messages import Kind, Reply


class Worker(asyncio.Protocol):
    """The service's end of one worker."""

    def __init__(self, handle: int, on_end: Callable[[Worker], None]) -> None:
        self._handle = handle
        self._on_end = on_end
        self._transport: asyncio.Transport | None = None
        self._reply = Reply()
        self._answer: asyncio.Future[tuple[Kind, list[bytes]]] = _new_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection, on which the worker first says that it is ready."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Take a part of an answer."""
        ended = self._reply.take(data)
        if ended is not None and not self._answer.done():
            self._answer.set_result(ended)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits that the process has ended."""
        os.close(self._handle)
        self._transport = None
        if not self._answer.done():
            self._answer.set_exception(QueryLost("the process that ran the query ended"))
            # One that nobody waits for any longer is no fault to report.
            self._answer.exception()
        self._on_end(self)

    @property
    def is_there(self) -> bool:
        """Return whether it has not ended, as far as is known."""
        return self._transport is not None and not self._transport.is_closing()

    async def ready(self) -> None:
        """Wait until the worker has said that it is ready."""
        await self._answer

    async def ask(self, message: bytes) -> tuple[Kind, list[bytes]]:
        """Send a question and return how it ended, with the parts of the answer or the message."""
        if self._transport is None:
            raise QueryLost("the process that was to run the query ended")
        self._answer = _new_future()
        self._transport.write(message)
        return await self._answer

    def kill(self) -> None:
        """End the process at once, whatever it does."""
        if self._transport is not None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
            self._transport.abort()


def _new_future() -> asyncio.Future[tuple[Kind, list[bytes]]]:
    return asyncio.get_running_loop().create_future()
