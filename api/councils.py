"""One council: what was found and directed, who was sent, and where sources differ."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from starlette.responses import Response

from api import frames
from api.claims import GRADES, sources_of, stated_by
from api.description import Description, describe
from api.filters import read_request
from api.formats import THING, wanted_format
from api.framing import Json
from api.lists import BY_PATH, find_rows, objects
from api.replies import Content, reply
from api.resources import known_thing
from api.service import Service, Shared
from ontology.errors import NotFound

router = APIRouter()

SECTIONS: dict[str, str] = {
    "inspections": "inspections",
    "directions": "directions",
    "posts": "commissioners",
    "discrepancies": "discrepancies",
}
"""Key of each part of a council's answer, and the list it comes from."""


@router.get("/councils/{code}", summary="One council")
async def one_council(request: Request, service: Shared, code: str) -> Response:
    """Answer a council with its inspections, directions, offices and discrepancies."""
    chosen = wanted_format(request, THING)
    read_request(request, service)
    iri = known_thing("council", code)
    known = await describe(service.engine, [iri])
    if not frames.COUNCIL.is_known(known, iri):
        raise NotFound(
            f"the register holds no council {code}; /councils lists those it holds", code
        )
    body: dict[str, Json] = frames.COUNCIL.of(known, iri)
    for key, path in SECTIONS.items():
        body[key] = await _section(service, path, code, known)
    await _add_sources(service, body)
    body |= {"release": service.release.id, "coverage": service.coverage(iri)}
    content = Content(body["name"] or code, body, triples=known.triples, template="council.html")
    return await asyncio.to_thread(reply, request, chosen, content)


async def _section(
    service: Service, path: str, code: str, known: Description
) -> list[dict[str, Json]]:
    """Return the things of one list that belong to a council, and keep their triples."""
    rows = await find_rows(service, BY_PATH[path], {"council": code})
    more, items = await objects(service, BY_PATH[path], rows)
    known.add(more.triples)
    return items


async def _add_sources(service: Service, body: dict[str, Json]) -> None:
    """Add to each judgement its claims, and to each act the documents that speak of it."""
    judgements = [one for inspection in body["inspections"] for one in inspection["judgements"]]
    sources = await sources_of(
        service.engine, [one["iri"] for one in judgements], service.documents, GRADES
    )
    for judgement in judgements:
        judgement["sources"] = sources.get(judgement["iri"], [])
    acts = [*body["inspections"], *body["directions"], *body["posts"]]
    speaking = await stated_by(service.engine, [one["iri"] for one in acts])
    for act in acts:
        act["stated_by"] = speaking.get(act["iri"], [])
