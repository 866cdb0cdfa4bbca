"""The start page, and the page of the addresses."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.hosting.service import Service, Shared
from api.http.filters import read_request
from api.http.negotiation import PAGE, TABLE, wanted_format
from api.http.problems import PROBLEMS
from api.http.responses import ResponseContent, reply
from api.routes.list_endpoint import find_rows, objects
from api.views.lists import BY_PATH
from api.views.serialisers import Json, local_id

router = APIRouter()

_NEWEST = 5
_START: dict[str, str] = {"json": "application/json", "html": "text/html"}


@router.get("/", summary="Start")
async def start(request: Request, service: Shared) -> Response:
    """Say what this is, what the release holds and has not read, and what is newest."""
    chosen = wanted_format(request, _START)
    body = {
        "title": "Council interventions",
        "counts": service.counts,
        "councils": _read_about(service),
        "newest_directions": service.newest,
        "addresses": [f"/{path}" for path in BY_PATH]
        + ["/queries", "/sparql", "/ontology", "/docs"],
        "release": service.release.id,
        "built_at": service.release.built_at,
        "coverage": service.coverage(),
    }
    return reply(
        request, chosen, ResponseContent("Council interventions", body, template="start.html")
    )


def _read_about(service: Service) -> list[dict[str, Json]]:
    """Return the councils that whole documents were read about, and up to which day."""
    texts = service.reach.held_about(None)
    return [
        {
            "id": local_id(iri),
            "name": service.reach.councils.get(iri, iri),
            "documents": len(service.reach.held_about(iri)),
            "read_up_to": max(one.latest or "" for one in service.reach.held_about(iri)) or None,
        }
        for iri in sorted({one.council for one in texts if one.council})
    ]


@router.get("/coverage/figures", summary="What the release counts, beside what was expected")
async def figures(request: Request, service: Shared) -> Response:
    """Every figure that the build counted, in all and in parts; where it differs, the reason."""
    chosen = wanted_format(request, TABLE)
    read_request(request, service)
    found = service.release.figures
    rows = [
        {"figure": one["name"], "title": one["title"], **count}
        for one in found
        for count in (one["total"], *one["parts"])
    ]
    body = {"items": list(found), "total": len(found)}
    body |= {"release": service.release.id, "coverage": service.coverage()}
    content = ResponseContent("Figures of the release", body, rows, template="figures.html")
    return reply(request, chosen, content)


async def newest_directions(service: Service) -> list[dict[str, Json]]:
    """Return the directions that were signed last, the newest first."""
    resource = BY_PATH["directions"]
    _, found = await objects(service, resource, await find_rows(service, resource, {}))
    found.sort(key=lambda one: (one["signed"] or {}).get("latest") or "", reverse=True)
    return found[:_NEWEST]


@router.get("/docs", summary="The addresses of the service")
async def documentation(request: Request) -> Response:
    """Every address with its parameters, from the OpenAPI document, and the kinds of problems."""
    chosen = wanted_format(request, PAGE)
    described: dict[str, Any] = request.app.openapi()
    problems = list(dict.fromkeys(PROBLEMS.values()))
    body = {
        "paths": described["paths"],
        "problems": problems,
        "version": described["info"]["version"],
    }
    return reply(request, chosen, ResponseContent("Addresses", body, template="docs.html"))
