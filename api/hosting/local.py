"""Host the service on the current release, and change to the next one while it runs."""

import asyncio
import gc
import logging
import multiprocessing
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace

from api.hosting.items import ask_whole_lists
from api.hosting.remote import hosted_remotely
from api.hosting.service import completed, graphs_of, lookup_table, open_service, release_of
from api.hosting.state import Hosting, Service
from data.releases import served_data
from data.settings import Settings
from ontology.errors import InterventionsError
from queries.engine.limits import limits_of
from queries.lookups.things import TabledEngine
from queries.pool.fork_server import CURATED, VISITOR
from queries.pool.pool import Places, Pool
from queries.pool.release_watcher import LOOK_EVERY_S, ReleaseWatcher, Running, announced, source_of
from queries.pool.sandbox import end_with_parent

log = logging.getLogger(__name__)
_PAGES_WITHIN_S = 15.0
"""How long the start waits for what the pages need; the national record takes about a second."""
_LONGEST_PAUSE_S = 60.0
"""How long at most what the pages need is not asked for again, where that failed."""
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
    hosting.service = opened.service
    first = asyncio.create_task(_are_pages_prepared(hosting, opened, settings))
    await asyncio.wait({first}, timeout=_PAGES_WITHIN_S)
    if not first.done():
        log.warning("the pages are being prepared; queries are answered meanwhile")
    elif first.exception() is not None:
        await opened.drain()
        first.result()
    preparing = asyncio.create_task(_prepare_pages(hosting, opened, settings, first))
    preparing.add_done_callback(_tell_fault)
    changing = asyncio.create_task(_watch(hosting, opened, settings))
    try:
        yield
    finally:
        for task in (first, preparing, changing):
            task.cancel()
        await asyncio.gather(first, preparing, changing, return_exceptions=True)


async def _prepare_pages(
    hosting: Hosting, opened: Opened, settings: Settings, first: asyncio.Task[bool]
) -> None:
    """Try again until the pages are prepared, or another service has taken the place of this."""
    attempt: Awaitable[bool] = first
    pause_s = LOOK_EVERY_S
    while not await attempt:
        await asyncio.sleep(pause_s)
        pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
        if not _is_current(hosting, opened):
            return
        attempt = _are_pages_prepared(hosting, opened, settings)


async def _are_pages_prepared(hosting: Hosting, opened: Opened, settings: Settings) -> bool:
    """Add to the service what its pages need, once; what hinders that is told."""
    try:
        service = await _completed(opened, settings)
    except (InterventionsError, OSError) as error:
        if _is_current(hosting, opened):
            log.error(
                "the pages could not be prepared, which is tried again; queries are answered: %s",
                error,
            )
            hosting.service = replace(opened.service, hindrance=str(error))
        return False
    if _is_current(hosting, opened):
        hosting.service = service
    return True


def _is_current(hosting: Hosting, opened: Opened) -> bool:
    return hosting.service is not None and hosting.service.visitors is opened.service.visitors


def _tell_fault(preparing: asyncio.Task[None]) -> None:
    if not preparing.cancelled() and (fault := preparing.exception()) is not None:
        log.error("the pages cannot be prepared; queries are answered", exc_info=fault)


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
        async with _opening(running, settings) as pool:
            graphs = await graphs_of(pool)
        opened = open_service(pools, release, settings, hosting, graphs)
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
    async with _opening(opened.running, settings) as pool:
        service = await completed(replace(opened.service, engine=pool))
    return replace(service, engine=opened.service.engine)


@asynccontextmanager
async def _opening(running: Running, settings: Settings) -> AsyncIterator[Pool]:
    """Keep a pool of one worker for what is asked once of newly opened data, in its own time."""
    limits = replace(limits_of(settings), query_s=_OPENING_S)
    pool = Pool(running.orders, limits, Places(1, 1, 0, CURATED))
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
        async with _opening(opened.running, settings) as pool:
            with _nothing_collected():
                table = await lookup_table(pool, settings.lookup_triples)
                # What is there now stays, and need not be looked through again and again.
                gc.freeze()
    except (InterventionsError, OSError) as error:
        log.warning("look-ups go to the workers, since their table could not be made: %s", error)
        return
    service = hosting.service
    if table is not None and service is not None and service.release == opened.service.release:
        hosting.service = replace(
            service, lookups=table, engine=TabledEngine(service.engine, table)
        )


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Let no garbage be looked for: among a million new things that holds everyone up."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


async def _add_whole_lists(hosting: Hosting, opened: Opened, settings: Settings) -> None:
    """Ask once for the rows of every whole list, which may take longer than a query has.

    What pages prepare comes first: it is little.
    """
    if hosting.service is None:
        return
    try:
        async with _opening(opened.running, settings) as pool:
            complete = replace(hosting.service, engine=pool)
            for prepare in hosting.prepares:
                await prepare(complete)
            await ask_whole_lists(complete)
    except (InterventionsError, OSError) as error:
        log.warning("whole lists are asked for when they are needed: %s", error)


async def _watch(hosting: Hosting, opened: Opened, settings: Settings) -> None:
    """Change to what is announced next, and end the workers of the one before, until cancelled."""
    assert settings.engine_folder is not None
    has_lookups = False
    try:
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            if not has_lookups and hosting.service is not None and hosting.service.is_complete:
                await _add_lookups(hosting, opened, settings)
                await _add_whole_lists(hosting, opened, settings)
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
