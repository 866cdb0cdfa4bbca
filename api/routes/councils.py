"""One council: its history, what was found and done, who was sent, and what nobody has read."""

import asyncio
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.hosting.items import find_rows, objects
from api.hosting.state import Service, Shared
from api.http.negotiation import THING, wanted_format
from api.http.responses import ResponseContent, reply
from api.routes.council_redirects import council_address, moved
from api.routes.events import story
from api.routes.filters import read_request
from api.views.claims import add_sources, stated_by
from api.views.description import Description, describe
from api.views.fields import COUNCIL
from api.views.lists import BY_PATH
from api.views.serialisers import Json

router = APIRouter()

_SECTIONS: dict[str, str] = {
    "inspections": "inspections",
    "directions": "directions",
    "notices": "notices",
    "section_114_reports": "section-114-reports",
    "financial_support": "financial-support",
    "transfers": "transfers",
    "interventions": "interventions",
    "posts": "commissioners",
    "pay": "pay",
    "discrepancies": "discrepancies",
}
"""Key of each part of a council's answer, and the list it comes from."""


@router.get("/councils/{code}", summary="One council")
async def one_council(request: Request, service: Shared, code: str) -> Response:
    """Answer a council with its history, inspections, interventions, offices and discrepancies."""
    if (elsewhere := moved(request, service, code)) is not None:
        return elsewhere
    chosen = wanted_format(request, THING)
    read_request(request, service)
    iri = council_address(service, code)
    known = await describe(service.engine, [iri])
    body: dict[str, Json] = COUNCIL.of(known, iri)
    for key, path in _SECTIONS.items():
        body[key] = await _section(service, path, code, known)
    body["inspections"].sort(key=_latest_day, reverse=True)
    await _add_sources(service, body)
    body |= {"events": f"/councils/{code}/events"}
    body |= {"release": service.release.id, "coverage": service.coverage(iri)}
    title, shown = body["name"] or code, body
    if chosen == "html":
        absence = {
            key: service.reach.absence(iri, BY_PATH[path].topics) for key, path in _SECTIONS.items()
        }
        day = datetime.now(UTC).date().isoformat()
        shown = body | {
            "story": (await story(service, iri))[1],
            "absence": absence,
            "today": day,
            "states": await _states(service, code, day),
        }
    content = ResponseContent(title, shown, triples=known.triples, template="council.html")
    return await asyncio.to_thread(reply, request, chosen, content)


def _latest_day(inspection: dict[str, Json]) -> tuple[str, str]:
    """Return the last day on which an inspection can have happened, for the order of the page."""
    times = (inspection["on_site"], inspection["report_published"], inspection["letter_dated"])
    days = [time["latest"] or time["earliest"] or "" for time in times if time]
    return next((day for day in days if day), ""), inspection["id"]


async def _section(
    service: Service, path: str, code: str, known: Description
) -> list[dict[str, Json]]:
    found = await find_rows(service, BY_PATH[path], {"council": code})
    more, items = await objects(service, BY_PATH[path], found.rows)
    known.add(more.triples)
    return items


async def _states(service: Service, code: str, day: str) -> list[dict[str, Json]]:
    """Return what is known of a council under each regime on a day, the surest first."""
    resource = BY_PATH["under-intervention"]
    found = await find_rows(service, resource, {"council": code, resource.today: day})
    return (await objects(service, resource, found.rows))[1]


async def _add_sources(service: Service, body: dict[str, Json]) -> None:
    judgements = [
        judgement
        for inspection in body["inspections"]
        for judgement in inspection["judgements"] + inspection["areas_not_judged"]
    ]
    await add_sources(service.engine, judgements, service.documents)
    keys = ("inspections", "directions", "notices", "section_114_reports", "transfers", "posts")
    acts = [act for key in keys for act in body[key]]
    speaking = await stated_by(service.engine, [act["iri"] for act in acts])
    for act in acts:
        act["stated_by"] = speaking.get(act["iri"], [])
