"""What every route shares: the engine on one release, and what that release covers."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from api.admission import Admission
from api.passages import Documents
from data.releases import DATA_FILE, current_release, read_manifest
from data.settings import Settings
from ontology.identifiers import short
from ontology.namespaces import ID, SCHEME
from queries.catalogue import internal_query
from queries.embedded import EmbeddedEngine, load_dataset
from queries.engine import Engine, select

SILENCE = "What they do not say is not recorded: silence is no evidence that nothing happened."


@dataclass(frozen=True)
class Release:
    """What is served: its identifier, and when it was built if that is known."""

    id: str
    built_at: str | None = None


@dataclass(frozen=True)
class Held:
    """A document that was read: its address, title, council, and latest day if it states one."""

    iri: str
    title: str
    council: str | None
    latest: str | None


@dataclass(frozen=True)
class Service:
    """The engine with what the routes know of its content.

    In: `known` has the values that each type of parameter accepts; `newest` what the start page
    shows of the newest directions.
    """

    engine: Engine
    settings: Settings
    release: Release
    documents: Documents
    held: Sequence[Held]
    notations: Mapping[str, Sequence[str]]
    councils: Mapping[str, str]
    graphs: Sequence[str]
    known: Mapping[str, Collection[str]]
    admission: Admission
    newest: Sequence[Mapping[str, object]] = ()

    def held_about(self, council: str | None) -> list[Held]:
        """Return the documents that were read about a council, or all."""
        return [one for one in self.held if council in (None, one.council)]

    def read_up_to(self, council: str | None) -> str | None:
        """Return the latest day of the documents that were read about a council, or of all."""
        return max((one.latest for one in self.held_about(council) if one.latest), default=None)

    def coverage(self, council: str | None = None) -> dict[str, object]:
        """Return what an answer rests on, and what it cannot tell."""
        held, latest = self.held_about(council), self.read_up_to(council)
        return {
            "documents": len(held),
            "titles": [one.title for one in held],
            "latest_date": latest,
            "statement": self._statement(council, len(held), latest),
        }

    def _statement(self, council: str | None, count: int, latest: str | None) -> str:
        """Return in a plain sentence how far the documents reach."""
        about = f" about {self.councils.get(council, council)}" if council else ""
        if not count:
            return (
                f"No document{about} has been read, so nothing can be said here; "
                "an empty answer does not mean that nothing happened."
            )
        documents = "1 document" if count == 1 else f"{count} documents"
        reach = f", the latest of {latest}; nothing later has been read" if latest else ""
        return f"This rests on {documents}{about}{reach}. {SILENCE}"


def open_release(settings: Settings) -> tuple[Engine, Release]:
    """Return an engine on the current release, or on the dataset file that the settings name.

    Raises: NoRelease, UnreadableGraph.
    """
    if settings.dataset is not None:
        path = settings.dataset
        store = load_dataset(path)
        release = Release(hashlib.sha256(path.read_bytes()).hexdigest()[:12])
    else:
        folder = current_release(settings.release)
        store, manifest = load_dataset(folder / DATA_FILE), read_manifest(folder)
        release = Release(manifest["id"], manifest["built_at"])
    return EmbeddedEngine(store, settings.answer_bytes), release


async def open_service(engine: Engine, release: Release, settings: Settings) -> Service:
    """Return the service, with what it asks the engine once for all requests."""
    return Service(
        engine,
        settings,
        release,
        Documents(settings.documents),
        await _held(engine),
        await _notations(engine),
        await _councils(engine),
        [row["graph"] for row in await _rows(engine, "graphs")],
        await _known(engine),
        Admission(settings.visitor_queries, settings.visitor_queue),
    )


async def _rows(engine: Engine, name: str) -> list[dict[str, str]]:
    """Return the rows of a query without parameters, as text."""
    _, rows = await select(engine, internal_query("lists", name).text)
    return [{key: term["value"] for key, term in row.items()} for row in rows]


async def _held(engine: Engine) -> list[Held]:
    """Return the documents that were read."""
    return [
        Held(row["document"], row.get("title", ""), row.get("council"), row.get("latest"))
        for row in await _rows(engine, "held_documents")
        if "document" in row
    ]


async def _notations(engine: Engine) -> dict[str, list[str]]:
    """Return the notations that each scheme accepts."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in await _rows(engine, "notations"):
        found[row["scheme"].removeprefix(str(SCHEME))].append(row["notation"])
    return found


async def _councils(engine: Engine) -> dict[str, str]:
    """Return the name of every council of the register by its address."""
    return {row["council"]: row["name"] for row in await _rows(engine, "council_names")}


async def _known(engine: Engine) -> dict[str, dict[str, None]]:
    """Return the things that the release speaks of, by type of parameter, as a request names them.

    Out: local names by kind; short references under `reference`; provisions under `power`.
    """
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in await _rows(engine, "known_things"):
        name = short(row["thing"])
        found["reference"][name] = None
        if row["thing"].startswith(str(ID)):
            kind, _, local = name.partition("/")
            found[kind][local] = None
    found["power"] = {short(row["power"]): None for row in await _rows(engine, "known_powers")}
    return found


def get_service(request: Request) -> Service:
    """Return the service of the application that a request came to."""
    service: Service = request.app.state.service
    return service


Shared = Annotated[Service, Depends(get_service)]
