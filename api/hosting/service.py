"""Make the service on one release: ask once what all requests need."""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from api.hosting.items import newest_day, newest_directions
from api.hosting.state import Hosting, Release, Service
from api.observation.engine import WatchedEngine
from api.views.passages import Documents
from data.releases import read_manifest
from data.settings import Settings
from ontology.identifiers import short
from ontology.namespaces import ID, SCHEME
from queries.ask.names import Names
from queries.catalogue import internal_query
from queries.engine.interface import N_TRIPLES, WHOLE_GRAPH, Engine, Question, select
from queries.engine.limits import limits_of
from queries.lookups.table import LookupTable, TableReader
from queries.pool.release_watcher import Source
from queries.reach import LISTS, coverage_of
from queries.search.councils import entries_of
from queries.search.matcher import CouncilMatcher
from queries.search.search_index import Search

_PART_TRIPLES = 100_000
"""What is asked of the engine at once for the table of look-ups: below the limits of an answer."""


def release_of(source: Source) -> Release:
    """Return what a source says of itself."""
    if source.is_release:
        manifest = read_manifest(source.path.parent)
        return Release(manifest["id"], manifest["built_at"], manifest.get("figures", ()))
    with source.path.open("rb") as file:
        return Release(hashlib.file_digest(file, "sha256").hexdigest()[:12])


async def graphs_of(engine: Engine) -> list[str]:
    """Return the names of the graphs there are."""
    return [row["graph"] for row in await _rows(engine, "graphs")]


def open_service(
    engines: tuple[Engine, Engine],
    release: Release,
    settings: Settings,
    hosting: Hosting,
    graphs: Sequence[str],
) -> Service:
    """Return the service as far as queries need it; `completed` adds what its pages need.

    In: the engine of the service's own pages, and that of the visitors' queries; the graphs.
    """
    observer = hosting.observer
    engine = WatchedEngine(engines[0], "pages", observer)
    visitors = WatchedEngine(engines[1], "visitors", observer)
    limits, documents = limits_of(settings), Documents(settings.documents)
    return Service(
        engine,
        visitors,
        limits,
        hosting.answers,
        settings,
        release,
        documents,
        sorted(graphs),
        observer,
    )


async def completed(service: Service) -> Service:
    """Return the service with what its engine is asked once for all requests."""
    engine = service.engine
    known, reach = (
        await _known(engine),
        coverage_of({name: await _rows(engine, name) for name in LISTS}),
    )
    councils = CouncilMatcher(entries_of(await _rows(engine, "council_entries")))
    things = [row for row in await _rows(engine, "searchable") if "label" in row]
    complete = replace(
        service,
        reach=reach,
        notations=await _notations(engine),
        known=known,
        search=await asyncio.to_thread(Search, councils, things, known["power"]),
        names=Names(
            councils,
            things,
            known["reference"],
            reach.begins,
            await _rows(engine, "signed_directions"),
        ),
        counts={row["kind"]: int(row["count"]) for row in await _rows(engine, "counts")},
        is_complete=True,
    )
    await newest_day(complete)
    return replace(complete, newest=await newest_directions(complete))


async def lookup_table(engine: Engine, most_triples: int) -> LookupTable | None:
    """Return the engine's default graph as a table for look-ups; None if it is not fit for one."""
    reader, total = TableReader(), 0
    while total <= most_triples:
        part = f"{WHOLE_GRAPH} LIMIT {_PART_TRIPLES} OFFSET {total}"
        triples = await engine.answer(Question(part, N_TRIPLES))
        added = await asyncio.to_thread(reader.add, triples)
        total += added
        if added < _PART_TRIPLES:
            is_small = total <= most_triples
            return await asyncio.to_thread(reader.table) if is_small else None
    return None


async def _rows(engine: Engine, name: str) -> list[dict[str, str]]:
    _, rows = await select(engine, internal_query("lists", name).text)
    return [{key: term["value"] for key, term in row.items()} for row in rows]


def _notation(iri: str) -> str:
    return iri.rpartition("/")[2]


async def _notations(engine: Engine) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in await _rows(engine, "notations"):
        found[row["scheme"].removeprefix(str(SCHEME))].append(row["notation"])
    return found


async def _known(engine: Engine) -> dict[str, dict[str, None]]:
    """Return the things that the release speaks of, by type of parameter, as a request names them.

    Out: local names by kind; short references under `reference`; those that are provisions
    under `provision` too, and those that are powers under `power`.
    """
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in await _rows(engine, "known_things"):
        name = short(row["thing"])
        found["reference"][name] = None
        if row["thing"].startswith(str(ID)):
            kind, _, local = name.partition("/")
            found[kind][local] = None
    found["power"] = {short(row["power"]): None for row in await _rows(engine, "known_powers")}
    provisions = ("ukpga/", "uksi/", "provision/")
    found["provision"] = {name: None for name in found["reference"] if name.startswith(provisions)}
    return found
