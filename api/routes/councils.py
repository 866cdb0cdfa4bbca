"""One council: its history, what was found and done, who was sent, and what nobody has read."""

import asyncio

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.hosting.items import earlier_day, find_rows, objects
from api.hosting.state import Service, Shared
from api.http.negotiation import RDF, wanted_format
from api.http.responses import OF_TODAY, ResponseContent, picture_reply, reply
from api.routes.events import story
from api.routes.finding.council_redirects import council_address, moved
from api.routes.reference.feeds import THING_OR_FEED, event_days, event_entries, feed_reply
from api.routes.resources import chosen_answer, read_one
from api.routes.shown.council import Around, around, drawn_council, shown_council
from api.routes.two_clocks import Clocks, clock_headers
from api.views.claims import add_sources, stated_by
from api.views.context import linked
from api.views.description import Description, describe
from api.views.fields import COUNCIL
from api.views.lists import AS_OF, BY_PATH, CLOCKS, KNOWN_AT, Objects
from api.views.serialisers import Json
from api.views.ways_on import with_ways_on
from ontology.errors import NotFound, WrongParameter

router = APIRouter()

SECTIONS: dict[str, str] = {
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

_TODAY = Clocks()
_DIFFERENCES = "discrepancies"
_PARTS_AT_ONCE = 2
"""Parts of an answer that are asked for at once: more would only wait in the place of others."""
_BEGINS = (
    *("announced", "on_site", "letter_dated", "report_published"),
    *("signed", "effective_from", "published", "dated", "happened", "began"),
)
"""Keys of the times by which an item of a part had begun."""


@router.get("/councils/{code}", summary="One council")
async def one_council(request: Request, service: Shared, code: str) -> Response:
    """Answer a council with its history, inspections, interventions, offices and discrepancies."""
    if (elsewhere := moved(request, service, code)) is not None:
        return elsewhere
    chosen = wanted_format(request, THING_OR_FEED)
    keys = [*(field.key for field in COUNCIL.fields), *SECTIONS, "events"]
    choice, given = read_one(request, service, keys, CLOCKS)
    iri, clocks = council_address(service, code, given.get(AS_OF)), Clocks.of(given)
    if chosen == "atom":
        return await _feed(request, service, iri, clocks)
    if chosen == "html":
        (known, body), near = await _with_surroundings(service, code, iri, clocks)
    else:
        known, body = await council_object(service, code, clocks)
    body |= {**clocks.told, "release": service.release.id, "coverage": service.coverage(iri)}
    title = body["name"] or code
    shown = body
    if chosen == "json":
        shown = linked("councils") | await chosen_answer(service, body, choice)
    if chosen == "html":
        shown = await _for_page(service, near, clocks, body)
    triples = known.triples if chosen in RDF else []
    if chosen in RDF and not given:
        triples = await with_ways_on(service.engine, known, iri, has_claims=True)
    headers = clock_headers(request, clocks.known_at)
    if chosen == "html" and not given:
        headers |= OF_TODAY
    content = ResponseContent(
        *(title, shown),
        triples=triples,
        template="council.html",
        is_dated=not clocks.as_of,
        headers=headers,
    )
    return await asyncio.to_thread(reply, request, chosen, content)


async def _feed(request: Request, service: Service, iri: str, clocks: Clocks) -> Response:
    """Answer the events of a council as a feed, those that became known last first.

    Raises: WrongParameter for a day: a feed tells what is known now.
    """
    for name, day in clocks.told.items():
        message = f"{name}: a feed tells what is known now; ask for .json or .html, or no {name}"
        raise WrongParameter(message, day, [f"no {name}"])
    _, events = await story(service, iri)
    entries = event_entries(request, events, await event_days(service, events))
    title = f"Events: {service.reach.councils[iri]}"
    return feed_reply(request, title, entries, max(len(entries), 1))


async def _with_surroundings(
    service: Service, code: str, iri: str, clocks: Clocks
) -> tuple[tuple[Description, dict[str, Json]], Around]:
    """Return a council and what is known around it; both are asked for at the same time.

    Raises: what the answer about the council raises.
    """
    near = asyncio.ensure_future(around(service, code, iri, clocks))
    try:
        return await council_object(service, code, clocks), await near
    finally:
        near.cancel()


async def _for_page(
    service: Service, near: Around, clocks: Clocks, body: dict[str, Json]
) -> dict[str, Json]:
    """Return the answer about a council with what its page shows beside it."""
    absence = {
        key: service.reach.absence(body["iri"], BY_PATH[path].topics)
        for key, path in SECTIONS.items()
    }
    more = await shown_council(service, body, near, absence, clocks)
    return body | {"clocks": clocks.query} | more


@router.get("/councils/{code}/timeline.svg", summary="The story of one council as a picture")
async def timeline(request: Request, service: Shared, code: str) -> Response:
    """Draw inspections, acts, people and money of a council along a line of years."""
    if (elsewhere := moved(request, service, code, "/timeline.svg")) is not None:
        return elsewhere
    _, given = read_one(request, service, (), CLOCKS)
    clocks = Clocks.of(given)
    iri = council_address(service, code, given.get(AS_OF))
    (_, body), near = await _with_surroundings(service, code, iri, clocks)
    values = await drawn_council(service, body, near)
    headers = {**clock_headers(request, clocks.known_at), **({} if given else OF_TODAY)}
    return await asyncio.to_thread(picture_reply, "timeline.svg", values, headers)


async def council_object(
    service: Service, code: str, clocks: Clocks = _TODAY
) -> tuple[Description, dict[str, Json]]:
    """Return what describes a council, and the council with all that is known of it.

    In: the days of what was so, and of what had been published.
    Raises: NotFound for a code that the register does not hold, or a council that was not there.
    """
    iri = council_address(service, code)
    known_at = await earlier_day(service, clocks.known_at)
    known = await describe(service.engine, [iri])
    body: dict[str, Json] = COUNCIL.of(known, iri)
    _check_there(body, clocks)
    found = await _sections(service, code, clocks)
    for key, (more, items) in zip(SECTIONS, found, strict=True):
        known.include(more)
        body[key] = [item for item in items if _had_begun(item, clocks.as_of)]
    body["inspections"].sort(key=_latest_day, reverse=True)
    await _add_sources(service, body, known_at)
    return known, body | {"events": f"/councils/{code}/events"}


def _check_there(council: dict[str, Json], clocks: Clocks) -> None:
    """Check that a council was there on the day that is asked for.

    Raises: NotFound, telling from when and until when it was.
    """
    first, last = council["vested_on"], council["dissolved_on"]
    day = clocks.as_of
    if day and ((first and day < first) or (last and day >= last)):
        span = f"from {first or 'before the register begins'} until {last or 'today'}"
        raise NotFound(
            f"the council {council['id']} was not there on {day}; expected a day {span}",
            day,
            [span],
        )


def _had_begun(item: dict[str, Json], day: str | None) -> bool:
    """Return whether an act or inspection can have been by a day; what has no day may have been."""
    times = [item[key] for key in _BEGINS if item.get(key)] if day else []
    starts = [time["earliest"] or time["latest"] for time in times]
    return day is None or not any(starts) or any(start and start <= day for start in starts)


def _latest_day(inspection: dict[str, Json]) -> tuple[str, str]:
    """Return the last day on which an inspection can have happened, for the order of the page."""
    times = (inspection["on_site"], inspection["report_published"], inspection["letter_dated"])
    days = [time["latest"] or time["earliest"] or "" for time in times if time]
    return next((day for day in days if day), ""), inspection["id"]


async def _sections(service: Service, code: str, clocks: Clocks) -> list[Objects]:
    """Return the items of every part of a council's answer, some parts while others wait."""
    places = asyncio.Semaphore(_PARTS_AT_ONCE)

    async def part(path: str) -> Objects:
        async with places:
            return await _section(service, path, code, clocks)

    return await asyncio.gather(*map(part, SECTIONS.values()))


async def _section(service: Service, path: str, code: str, clocks: Clocks) -> Objects:
    """Return the items of a list that are of a council, on the days that are asked for."""
    resource = BY_PATH[path]
    if path == _DIFFERENCES and await earlier_day(service, clocks.known_at):
        # What is used of claims that differ is decided by those of today.
        return Description(), []
    given = {"council": code, **({KNOWN_AT: clocks.known_at} if clocks.known_at else {})}
    if clocks.as_of and any(one.name == AS_OF for one in resource.filters):
        given[resource.day or AS_OF] = clocks.as_of
    found = await find_rows(service, resource, given)
    return await objects(service, resource, found.rows, clocks.known_at)


async def _add_sources(service: Service, body: dict[str, Json], known_at: str | None) -> None:
    judgements = [
        judgement
        for inspection in body["inspections"]
        for judgement in inspection["judgements"] + inspection["areas_not_judged"]
    ]
    keys = ("inspections", "directions", "notices", "section_114_reports", "transfers", "posts")
    acts = [act for key in keys for act in body[key]]
    # Which of the claims about a grade are used is decided by those of today.
    graded = judgements if known_at is None else []
    speaking, _ = await asyncio.gather(
        stated_by(service.engine, [act["iri"] for act in acts], known_at),
        add_sources(service.engine, graded, service.documents),
    )
    for judgement in judgements:
        judgement.setdefault("sources", [])
    for act in acts:
        act["stated_by"] = speaking.get(act["iri"], [])
