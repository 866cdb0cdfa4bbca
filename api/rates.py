"""How many requests each client may send: a share for every moment, and a little in reserve."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

from ontology.errors import TooManyRequests

MOST_CLIENTS = 10_000
SECONDS_PER_MINUTE = 60


class Rates:
    """Counts the requests of each client by the address they come from."""

    def __init__(
        self, requests_per_minute: int | None, now: Callable[[], float] = time.monotonic
    ) -> None:
        """Start with every client's reserve full; None lets everything pass."""
        self._most = requests_per_minute
        self._now = now
        self._clients: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def admit(self, client: str) -> None:
        """Count a request.

        Raises: TooManyRequests if the client has used up what it may send.

        >>> Rates(None).admit("192.0.2.1")
        """
        if self._most is None:
            return
        now = self._now()
        left, since = self._clients.pop(client, (float(self._most), now))
        left = min(self._most, left + (now - since) * self._most / SECONDS_PER_MINUTE)
        is_admitted = left >= 1
        self._clients[client] = (left - is_admitted, now)
        if len(self._clients) > MOST_CLIENTS:
            self._clients.popitem(last=False)
        if not is_admitted:
            raise TooManyRequests(
                f"more than {self._most} requests in a minute came from {client}", client
            )
