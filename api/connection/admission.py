"""How many connections a server process has at once, and how long each may take."""

import asyncio
import logging
import resource
from dataclasses import dataclass
from typing import Protocol

from api.observation.metrics import REFUSED
from data.settings import Settings
from ontology.errors import InterventionsError, TooManyConnections

log = logging.getLogger(__name__)
_LOOK_EVERY_S = 1.0
_CROWDED = 3 / 4
"""From this share of the places on, those who ask nothing make room sooner."""
_CROWDED_IDLE_S = 5.0
_EXTRA = 64
_OWN_FILES = 128
"""What a server process opens beside its connections: logs, its workers, what it reads."""


@dataclass(frozen=True)
class Times:
    """How long a connection may take for each thing that it waits for its client for.

    In: the head of a request, its body, the next request, and the reading of an answer.
    """

    head_s: float
    body_s: float
    idle_s: float
    delivery_s: float


class Admitted(Protocol):
    """A connection, as far as those who count them know it."""

    @property
    def is_waiting(self) -> bool:
        """Return whether nothing has been asked that is not answered."""

    def refuse(self, error: InterventionsError) -> None:
        """Say why, and end the connection."""

    def check(self, now: float) -> None:
        """End the connection if it has had its time."""


class Admission:
    """Counts connections, and looks once a second which of them have had their time.

    Guarantee: there are never more than the places and the extra ones. Those are for telling
    newcomers to come again, and for whoever asks after the health of the service; the one that has
    waited longest makes room for the next.
    """

    def __init__(self, settings: Settings) -> None:
        self.times = Times(
            settings.head_seconds,
            settings.body_seconds,
            settings.idle_seconds,
            settings.delivery_seconds,
        )
        self.places, self.extra_places = places(settings.connections)
        self._held: set[Admitted] = set()
        self._extra: dict[Admitted, None] = {}
        self._is_looking = False

    @property
    def count(self) -> int:
        """Return how many connections there are."""
        return len(self._held) + len(self._extra)

    def is_extra(self, connection: Admitted) -> bool:
        """Return whether a connection came when every place was taken."""
        return connection in self._extra

    def take(self, connection: Admitted) -> None:
        """Count a connection that has come."""
        if not self._is_looking:
            self._is_looking = True
            asyncio.get_running_loop().call_later(_LOOK_EVERY_S, self._look)
        if len(self._held) < self.places:
            self._held.add(connection)
            return
        if len(self._extra) >= self.extra_places:
            self._extra[connection] = None
            oldest = next(one for one in self._extra if one.is_waiting)
            oldest.refuse(self.crowded())
            del self._extra[oldest]
            return
        self._extra[connection] = None

    def give(self, connection: Admitted) -> None:
        """Count a connection no longer."""
        self._held.discard(connection)
        self._extra.pop(connection, None)

    def crowded(self) -> TooManyConnections:
        """Return the error for those who find no place, and count it."""
        REFUSED.inc()
        return TooManyConnections(f"{self.places} connections are open, and no more are taken")

    def idle_s(self) -> float:
        """Return how long a connection may stay on which nothing is asked."""
        is_crowded = len(self._held) > self.places * _CROWDED
        return min(self.times.idle_s, _CROWDED_IDLE_S) if is_crowded else self.times.idle_s

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        for connection in (*self._held, *self._extra):
            connection.check(loop.time())
        self._is_looking = self.count > 0
        if self._is_looking:
            loop.call_later(_LOOK_EVERY_S, self._look)


def places(wanted: int) -> tuple[int, int]:
    """Return how many connections there may be and how many extra ones, by the files one may open.

    The limit that the system sets is raised as far as the system lets.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = wanted + _EXTRA + _OWN_FILES
    if soft != resource.RLIM_INFINITY and soft < needed:
        soft = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return wanted, _EXTRA
    extra = min(_EXTRA, soft // 8)
    found = max(1, min(wanted, soft - extra - min(_OWN_FILES, soft // 2)))
    log.warning(
        "%s connections at once, not %s: the system lets a process open %s files; raise that with: "
        "ulimit -n %s",
        *(found, wanted, soft, needed),
    )
    return found, extra
