"""The start page."""

from collections import defaultdict

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.hosting.state import Service, Shared
from api.http.negotiation import wanted_format
from api.http.responses import ResponseContent, reply
from api.routes import figures, parliament
from api.views.lists import BY_PATH
from api.views.serialisers import Json, local_id
from queries.reach import Held

router = APIRouter()

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
    about: dict[str, list[Held]] = defaultdict(list)
    for text in service.reach.held_about(None):
        if text.council:
            about[text.council].append(text)
    return [
        {
            "id": local_id(iri),
            "name": service.reach.councils.get(iri, iri),
            "documents": len(texts),
            "read_up_to": max(text.latest or "" for text in texts) or None,
        }
        for iri, texts in sorted(about.items())
    ]


# The page of the addresses lists them in this order.
router.include_router(figures.router)
router.include_router(parliament.router)
