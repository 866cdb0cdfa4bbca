"""Host the service over a remote store, and change to what that store says is current."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from api.hosting.service import completed, open_service
from api.hosting.state import Hosting, Release, Service
from data.settings import Settings
from ontology.errors import InterventionsError
from queries.engine.limits import limits_of
from queries.pool.pool import Places
from queries.remote.call import Endpoint
from queries.remote.lookup import current_identifier, find_release
from queries.remote.release import RemoteRelease
from queries.remote.store import RemoteEngine

LOOK_EVERY_S = 5.0
"""How often the store is asked which release is current."""
_LOOKS_WITHOUT_ANSWER = 3
"""While the pointer is replaced there may be none for a moment; after that the data is gone."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class OpenedRemotely:
    """A service on one release of a remote store, and the two engines that ask it."""

    service: Service
    found: RemoteRelease
    engines: tuple[RemoteEngine, RemoteEngine]

    def suspend(self, *, is_lost: bool) -> None:
        """Answer nothing while the store may have lost the release: it would answer as if empty."""
        for engine in self.engines:
            engine.is_suspended = is_lost and self.found.is_published

    async def drain(self) -> None:
        """Let what still runs end, and then the threads."""
        await asyncio.gather(*(engine.drain() for engine in self.engines))


@asynccontextmanager
async def hosted_remotely(hosting: Hosting, settings: Settings) -> AsyncIterator[None]:
    """Keep the service of the store's current release while the application runs.

    Raises: NoRelease, EngineFailed.
    """
    endpoint = Endpoint(settings.engine or "", settings.engine_user, settings.engine_password)
    found = await asyncio.to_thread(find_release, endpoint)
    opened = await _open(endpoint, found, settings, hosting)
    hosting.service = opened.service
    changing = asyncio.create_task(_watch(endpoint, hosting, opened, settings))
    try:
        yield
    finally:
        changing.cancel()
        await asyncio.gather(changing, return_exceptions=True)


async def _open(
    endpoint: Endpoint, found: RemoteRelease, settings: Settings, hosting: Hosting
) -> OpenedRemotely:
    limits = limits_of(settings)
    curated = Places(settings.curated_queries, settings.curated_queue, 0, b"")
    visitors = Places(settings.visitor_queries, settings.visitor_queue, settings.visitor_burst, b"")
    engines = (
        RemoteEngine(endpoint, found, limits.for_own(), curated, is_trusted=True),
        RemoteEngine(endpoint, found, limits, visitors),
    )
    is_open = False
    try:
        release = Release(found.id, found.built_at, found.figures)
        opened = open_service(engines, release, settings, hosting, found.graphs)
        service = await completed(opened)
        is_open = True
    finally:
        if not is_open:
            await asyncio.gather(*(engine.close() for engine in engines))
    return OpenedRemotely(service, found, engines)


async def _watch(
    endpoint: Endpoint, hosting: Hosting, opened: OpenedRemotely, settings: Settings
) -> None:
    looks = 0
    try:
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                identifier = await asyncio.to_thread(current_identifier, endpoint)
                looks = looks + 1 if identifier is None else 0
                opened.suspend(is_lost=looks >= _LOOKS_WITHOUT_ANSWER)
                if identifier in (None, opened.service.release.id):
                    continue
                found = await asyncio.to_thread(find_release, endpoint)
                newer = await _open(endpoint, found, settings, hosting)
            except InterventionsError as error:
                log.error("which release is current is asked again: %s", error)
                continue
            former, opened = opened, newer
            hosting.service = newer.service
            await former.drain()
    finally:
        await asyncio.gather(*(engine.close() for engine in opened.engines))
