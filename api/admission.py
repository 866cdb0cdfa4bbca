"""Let few of the visitors' own queries run at once, so that the rest of the service stays free."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from ontology.errors import TooManyQueries


class Admission:
    """A bounded number of places to run and to wait.

    Guarantee: a query keeps its place until it has ended, also if its visitor has left; without a
    limit of time, one that never ends keeps it for good, and the others are told so.
    """

    def __init__(self, running: int, waiting: int) -> None:
        """Start with every place free."""
        self._places = asyncio.Semaphore(running)
        self._most = running + waiting
        self._admitted = 0

    async def run(self, ask: Callable[[], Awaitable[bytes]]) -> bytes:
        """Return the answer to a query once it has had a place.

        Raises: TooManyQueries if as many as possible are running or waiting.
        """
        if self._admitted >= self._most:
            raise TooManyQueries(
                f"{self._most} queries are running or waiting, which is the most; try again later"
            )
        self._admitted += 1
        return await asyncio.shield(asyncio.ensure_future(self._in_turn(ask)))

    async def _in_turn(self, ask: Callable[[], Awaitable[bytes]]) -> bytes:
        """Wait for a place, ask, and give the place back."""
        try:
            async with self._places:
                return await ask()
        finally:
            self._admitted -= 1
