"""Host the service on the current release, and change to the next one while it runs."""

import asyncio
import gc
import logging
import multiprocessing
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial

from api.hosting.remote import hosted_remotely
from api.hosting.service import completed, lookup_table, open_service, release_of
from api.hosting.state import Hosting, Service
from data.releases import served_data
from data.settings import Settings
from ontology.errors import InterventionsError
from queries.engine.limits import QueryLimits, limits_of
from queries.pool.fork_server import CURATED, VISITOR
from queries.pool.pool import Places, Pool
from queries.pool.release_watcher import LOOK_EVERY_S, ReleaseWatcher, Running, announced, source_of
from queries.pool.sandbox import end_with_parent

log = logging.getLogger(__name__)
_PAGES_WITHIN_S = 15.0
"""How long the start waits for what the pages need; the national record takes about a second."""
_OPENING_S = 1_800.0
"""How long each of these questions may take, on a dataset of any size."""


@dataclass(frozen=True)
class Opened:
    """A service on one release, and the two pools that answer for it."""

    running: Running
    service: Service
    pools: tuple[Pool, Pool]

    async def drain(self) -> None:
        """Let what still runs end, and then the workers."""
        await asyncio.gather(*(pool.drain() for pool in self.pools))


@asynccontextmanager
async def hosted(hosting: Hosting, settings: Settings) -> AsyncIterator[None]:
    """Keep the service of the newest release while the application runs.

    The engine is that of the launcher where there is one, and the application's own otherwise;
    where a remote store is named, that store.
    """
    if settings.engine is not None:
        async with hosted_remotely(hosting, settings):
            yield
        return
    launcher = multiprocessing.parent_process()
    if settings.engine_folder is not None:
        if launcher is not None and launcher.pid is not None:
            end_with_parent(launcher.pid)
        async with _changing(hosting, settings):
            yield
        return
    watcher = ReleaseWatcher(
        lambda: source_of(served_data(settings), settings.store), limits_of(settings)
    )
    await asyncio.to_thread(watcher.start)
    try:
        async with _changing(
            hosting, settings.model_copy(update={"engine_folder": watcher.folder})
        ):
            yield
    finally:
        await asyncio.to_thread(watcher.stop)


@asynccontextmanager
async def _changing(hosting: Hosting, settings: Settings) -> AsyncIterator[None]:
    """Keep the service on what the engine's folder announces.

    A large dataset is asked at once; its pages follow when what they need has been found.
    """
    assert settings.engine_folder is not None
    opened = await _open(announced(settings.engine_folder), settings, hosting)
    completing = asyncio.create_task(_completed(opened, settings))
    await asyncio.wait({completing}, timeout=_PAGES_WITHIN_S)
    if completing.done():
        if completing.exception() is not None:
            await opened.drain()
        hosting.service = completing.result()
    else:
        log.warning("the pages are being prepared; queries are answered meanwhile")
        hosting.service = opened.service
        completing.add_done_callback(partial(_add_pages, hosting))
    changing = asyncio.create_task(_watch(hosting, opened, settings))
    try:
        yield
    finally:
        for task in (completing, changing):
            task.cancel()
        await asyncio.gather(completing, changing, return_exceptions=True)


def _add_pages(hosting: Hosting, completing: asyncio.Task[Service]) -> None:
    if completing.cancelled():
        return
    error = completing.exception()
    if error is not None:
        log.error("the pages cannot be prepared; queries are answered: %s", error)
    elif hosting.service is not None and not hosting.service.is_complete:
        hosting.service = completing.result()


async def _open(running: Running, settings: Settings, hosting: Hosting) -> Opened:
    limits = limits_of(settings)
    curated = Places(settings.curated_queries, settings.curated_queue, 0, CURATED)
    visitors = Places(
        settings.visitor_queries, settings.visitor_queue, settings.visitor_burst, VISITOR
    )
    pools = Pool(running.orders, limits, curated), Pool(running.orders, limits, visitors)
    is_open = False
    try:
        for pool in pools:
            await pool.start()
        release = await asyncio.to_thread(release_of, running.source)
        opened = await open_service(pools, release, settings, hosting)
        known = running.source.fingerprint
        service = replace(
            opened,
            data_file=running.source.path if running.source.is_release else None,
            data_version="" if known is None else known.version,
            isolation=running.isolation,
        )
        is_open = True
    finally:
        if not is_open:
            await asyncio.gather(*(pool.close() for pool in pools))
    return Opened(running, service, pools)


async def _completed(opened: Opened, settings: Settings) -> Service:
    async with _opening(opened, replace(limits_of(settings), query_s=_OPENING_S)) as pool:
        service = await completed(replace(opened.service, engine=pool))
    return replace(service, engine=opened.service.engine)


@asynccontextmanager
async def _opening(opened: Opened, limits: QueryLimits) -> AsyncIterator[Pool]:
    """Keep a pool of one worker for what is asked once of newly opened data."""
    pool = Pool(opened.running.orders, limits, Places(1, 1, 0, CURATED))
    try:
        await pool.start()
        yield pool
    finally:
        await pool.close()


async def _add_lookups(hosting: Hosting, opened: Opened, settings: Settings) -> None:
    """Let look-ups of small data in memory be answered from a table, once that has been made."""
    if opened.running.source.is_on_disk:
        # There the order of the rows is another.
        return
    try:
        async with _opening(opened, replace(limits_of(settings), query_s=_OPENING_S)) as pool:
            table = await lookup_table(pool, settings.lookup_triples)
    except (InterventionsError, OSError) as error:
        log.warning("look-ups go to the workers, since their table could not be made: %s", error)
        return
    if hosting.service is not None and hosting.service.release == opened.service.release:
        hosting.service = replace(hosting.service, lookups=table)
        # What is there now stays, and need not be looked through for garbage again and again.
        gc.freeze()


async def _watch(hosting: Hosting, opened: Opened, settings: Settings) -> None:
    """Change to what is announced next, and end the workers of the one before, until cancelled."""
    assert settings.engine_folder is not None
    has_lookups = False
    try:
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            if not has_lookups and hosting.service is not None and hosting.service.is_complete:
                await _add_lookups(hosting, opened, settings)
                has_lookups = True
            try:
                running = announced(settings.engine_folder)
                if running == opened.running:
                    continue
                newer = await _open(running, settings, hosting)
            except (InterventionsError, OSError) as error:
                log.error("the change to the newest data is tried again: %s", error)
                continue
            try:
                service = await _completed(newer, settings)
            except (InterventionsError, OSError) as error:
                log.error("the change to the newest data is tried again: %s", error)
                await newer.drain()
                continue
            former, opened = opened, newer
            hosting.service, has_lookups = service, False
            await former.drain()
    finally:
        for pool in opened.pools:
            await pool.close()
