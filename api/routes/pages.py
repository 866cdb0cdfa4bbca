"""The start page."""

from collections import defaultdict
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.hosting.state import Service, Shared
from api.http.negotiation import wanted_format
from api.http.responses import OF_TODAY, ResponseContent, reply
from api.routes import figures, parliament
from api.routes.filters import read_request
from api.routes.shown.start import SHOWS, STATES, newest_events, start_of
from api.views.lists import BY_PATH
from api.views.serialisers import Json, local_id
from ontology.errors import WrongParameter
from queries.parameters import Parameter
from queries.reach import Held

router = APIRouter()

_START: dict[str, str] = {"json": "application/json", "html": "text/html"}
_SHOW = "show"
ON = Parameter("on", "date", True, "the day that the map shows; today if none is given")
"""The filter of the start page by a day."""


@router.get("/", summary="Start")
async def start(request: Request, service: Shared) -> Response:
    """Say what this is, who is under intervention on a day, what is newest and what is held."""
    chosen = wanted_format(request, _START)
    given = read_request(request, service, (ON,), (_SHOW,))
    shown = _shown(request)
    today = datetime.now(UTC).date().isoformat()
    body: dict[str, Json] = {
        "title": "Council interventions",
        "counts": service.counts,
        "councils": _read_about(service),
        "newest_directions": service.newest,
        "newest_events": await newest_events(service),
        "addresses": [f"/{path}" for path in BY_PATH]
        + ["/queries", "/sparql", "/ontology", "/docs"],
        "release": service.release.id,
        "built_at": service.release.built_at,
        "coverage": service.coverage(),
    }
    if chosen == "html":
        body["start"] = await start_of(service, shown, given.get(ON.name, today))
        body["names"] = sorted({*service.reach.councils.values()})
    headers = {} if ON.name in given or chosen != "html" else OF_TODAY
    content = ResponseContent("Council interventions", body, template="start.html", headers=headers)
    return reply(request, chosen, content)


def _shown(request: Request) -> str:
    """Return what the map shall show.

    Raises: WrongParameter for what it cannot show.
    """
    shown = request.query_params.get(_SHOW) or STATES
    if shown not in SHOWS:
        raise WrongParameter(
            f"{_SHOW}: {shown!r} is nothing that the map shows; expected one of {', '.join(SHOWS)}",
            shown,
            list(SHOWS),
        )
    return shown


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
