"""The SPARQL 1.1 Graph Store HTTP Protocol, read side, and the list of the graphs there are."""

import json
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response
from starlette.routing import Match, Route
from starlette.types import Scope

from api.hosting.state import Service, Shared
from api.http.cache import Answer
from api.http.negotiation import QUADS, RDF, negotiate, wanted_format
from api.http.public_address import origin_of
from api.http.responses import ResponseContent, reply
from api.http.sparql_request import graph_asked
from data.releases import release_version
from ontology.errors import NotFound, QueryLost, QueryTimeout, QueryTooLarge
from queries.catalogue import internal_query
from queries.engine.interface import EVERYTHING, RESULTS_JSON, WHOLE_DATASET, WHOLE_GRAPH, Question

router = APIRouter()

_LIST_OR_ALL: dict[str, str] = {"json": "application/json", "html": "text/html"} | QUADS
NOT_KEPT = {"Cache-Control": "no-store"}
"""Header of an answer that is different once what failed this time succeeds."""


@router.get("/graphs", summary="Graph Store: a graph by ?graph= or ?default; else the list")
async def graph_store(request: Request, service: Shared) -> Response:
    """Answer one graph, or the list of all; as TriG or N-Quads the whole dataset."""
    asked = graph_asked(request.scope["query_string"])
    if asked is None:
        chosen = wanted_format(request, _LIST_OR_ALL)
        if chosen == "nq" and (file := _published_file(service)) is not None:
            # What was checked and published, byte for byte and of any size.
            return FileResponse(file, media_type=QUADS["nq"], headers={"Vary": "Accept"})
        if chosen in QUADS:
            return await _answer(service, Question(WHOLE_DATASET, QUADS[chosen]))
        return await _list(request, service, chosen)
    if asked and asked not in (EVERYTHING, *service.graphs):
        _missing(asked, service)
    return await _graph(service, asked, wanted_format(request, RDF))


def _published_file(service: Service) -> Path | None:
    """Return the file of the release, if no file of it was written since it was loaded."""
    file = service.data_file
    if file is None or release_version(file.parent) != service.data_version:
        return None
    return file


async def _graph(service: Service, name: str, chosen: str) -> Response:
    """Answer the triples of a graph; the default graph has no name."""
    dataset = (name,) if name else ()
    return await _answer(service, Question(WHOLE_GRAPH, RDF[chosen], dataset))


async def _answer(service: Service, question: Question) -> Response:
    """Answer by the engine for visitors, for a large graph is as much work as any query."""
    body = await service.visitors.answer(question)
    return Response(body, media_type=question.media_type, headers={"Vary": "Accept"})


async def _list(request: Request, service: Service, chosen: str) -> Response:
    counted = await triple_counts(service)
    counts = counted or {}
    items = [
        {
            "iri": name,
            "triples": counts.get(name),
            "address": f"/graphs?graph={quote(name, safe='')}",
        }
        for name in service.graphs
    ]
    default = {"triples": counts.get(""), "address": "/graphs?default"}
    body = {"default": default, "items": items, "total": len(items), "release": service.release.id}
    headers = {} if counted is not None else NOT_KEPT
    content = ResponseContent("Graphs", body, template="graphs.html", headers=headers)
    return reply(request, chosen, content)


async def triple_counts(service: Service) -> dict[str, int] | None:
    """Return how many triples each graph has, the default graph under no name.

    They are counted once for a release.
    Out: None where they could not be counted within the limits of a query; the next time they may.
    """
    question = Question(internal_query("lists", "triples_of_graphs").text, RESULTS_JSON)
    key = service.release.id, question
    answer = service.answers.get(key)
    if answer is None:
        try:
            body = await service.visitors.answer(question)
        except (QueryTimeout, QueryTooLarge, QueryLost):
            return None
        answer = Answer(RESULTS_JSON, body, is_lasting=True)
        service.answers.add(key, answer)
    rows = json.loads(answer.body)["results"]["bindings"]
    return {row.get("graph", {"value": ""})["value"]: int(row["triples"]["value"]) for row in rows}


def _missing(name: str, service: Service) -> NoReturn:
    raise NotFound(
        f"there is no graph <{name}>; those there are stand at /graphs", name, service.graphs
    )


class DirectGraphRoute(Route):
    """Graphs of the dataset that are named by the very address that is asked for."""

    def __init__(self) -> None:
        super().__init__("/{path:path}", _direct, methods=["GET"], include_in_schema=False)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return whether a graph has the address of a request."""
        if scope["type"] != "http" or _named_by(scope) is None:
            return Match.NONE, {}
        return super().matches(scope)


async def _direct(request: Request) -> Response:
    service: Service = request.scope["service"]
    named = _named_by(request.scope)
    if named is None:
        _missing(str(request.url), service)
    name, suffix = named
    chosen = suffix or negotiate(request.headers.get("accept"), RDF)
    return await _graph(service, name, chosen)


def _named_by(scope: Scope) -> tuple[str, str | None] | None:
    """Return the graph that an address names, and the suffix if that is none of its name's."""
    service: Service | None = scope.get("service")
    if service is None:
        return None
    asked = (scope.get("raw_path") or quote(scope["asked_path"]).encode()).partition(b"?")[0]
    whole = origin_of(scope) + asked.decode("latin-1")
    if whole in service.graphs:
        return whole, None
    suffix: str | None = scope.get("suffix")
    stem = whole.removesuffix(f".{suffix}")
    return (stem, suffix) if suffix in RDF and stem in service.graphs else None
