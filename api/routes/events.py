"""The events of a council in order, with those of the councils before and after it."""

import asyncio
import re
from collections import defaultdict
from collections.abc import Mapping
from urllib.parse import quote

import pyoxigraph as ox
from fastapi import APIRouter, Request
from starlette.responses import Response

from api.hosting.state import Service, Shared
from api.http.negotiation import RDF, wanted_format
from api.http.paging import cut, next_link
from api.http.responses import ResponseContent, reply
from api.routes.filters import PAGING, page_limit, read_request
from api.routes.finding.council_redirects import authority_address, council_address, moved
from api.routes.list_endpoint import envelope, page_headers
from api.routes.reference.feeds import LIST_OR_FEED, event_days, event_entries, feed_reply
from api.views.description import Description, describe, rows_about
from api.views.serialisers import Json, inside, precision, ref, referred
from ontology.identifiers import kind_and_local, short, thing
from queries.catalogue import find_query
from queries.engine.interface import Row, select

router = APIRouter()

_OWN = "own"
_TIMES = "words", "earliest", "latest"
_COLUMNS = (
    *("id", *referred("council"), "whose", "kind", *referred("thing"), "detail"),
    *(*inside("time", _TIMES), "precision", "claims"),
)
_UNKNOWN_DAY = "9999"
"""Stands after every day."""
_AUTHORITY = "authority"
_RELATIVES = "relatives"
# takes: "    { SELECT ?body ($council AS ?asked) WHERE { VALUES ($council) { (UNDEF) } } }\n"
# takes: "  FILTER(?kind != 'reorganisation' || ?body = ?asked)\n"
# leaves: "    ?thing a ci:Inspection ; ci:ofCouncil ?body .\n"
_OF_ONE_COUNCIL = re.compile(
    r"^ *(?:\{ SELECT \?body \(\$council AS \?asked\).*|FILTER\([^\n]*\?asked.*)\n", re.MULTILINE
)
"""What makes of the question about all councils one about a council and its relatives."""


@router.get("/councils/{code}/events", summary="The events of one council, in order")
async def events(request: Request, service: Shared, code: str) -> Response:
    """List what happened to a council and to those before and after it, in order of the days."""
    if (elsewhere := moved(request, service, code, "/events")) is not None:
        return elsewhere
    iri = council_address(service, code)
    return await _reply(request, service, iri, service.reach.councils[iri])


@router.get("/authorities/{code}/events", summary="The events of one authority, in order")
async def authority_events(request: Request, service: Shared, code: str) -> Response:
    """List what happened to a combined authority, in order of the days."""
    if (elsewhere := moved(request, service, code, "/events", _AUTHORITY)) is not None:
        return elsewhere
    iri = authority_address(service, code)
    known = await describe(service.engine, [iri])
    return await _reply(request, service, iri, known.label(iri) or code)


async def _reply(request: Request, service: Service, iri: str, name: str) -> Response:
    chosen = wanted_format(request, LIST_OR_FEED)
    read_request(request, service, paging=PAGING)
    known, items = await story(service, iri)
    limit, after = page_limit(request, service), request.query_params.get("cursor")
    if chosen == "atom":
        entries = event_entries(request, items, await event_days(service, items))
        return feed_reply(request, f"Events: {name}", entries, limit)
    rows: list[Row] = [{"item": {"value": event["id"]}} for event in items]
    page, following = cut(rows, limit, after)
    shown = {row["item"]["value"] for row in page}
    events_shown = [event for event in items if event["id"] in shown]
    body = envelope(service, events_shown, len(items), next_link(request, following), iri)
    triples = known.triples if chosen in RDF else []
    kind, local = kind_and_local(short(iri))
    address = {"council": "/councils/", _AUTHORITY: "/authorities/"}[kind] + local
    about = {"council": {"id": local, "name": name, "address": address}}
    content = ResponseContent(
        f"Events: {name}",
        body | about if chosen == "html" else body,
        events_shown,
        _COLUMNS,
        triples,
        "events.html",
        page_headers(body),
    )
    return await asyncio.to_thread(reply, request, chosen, content)


async def story(service: Service, council: str) -> tuple[Description, list[dict[str, Json]]]:
    """Return the events of a council and its relatives in order, with what describes them.

    Out: a time that is not known to the day stands at the first day it can mean; one of which no
    day is known stands last.
    """
    # A change touches several councils and is one event: that of the council asked about, if of it.
    whose = {council: _OWN} | await _relatives(service, council)
    stories = await _stories(service)
    rows = [row for body in whose for row in stories.get(body, ())]
    known = await describe(service.engine, list(dict.fromkeys(_thing(row) for row in rows)))
    found: dict[str, dict[str, Json]] = {}
    for row in rows:
        event = _event(known, row, whose)
        if event["kind"] != "reorganisation" or event["id"] not in found:
            _add_event(found, event)
    return known, sorted(found.values(), key=_order)


async def prepare_stories(service: Service) -> None:
    """Ask for the events of all councils, and who came after whom, which are kept."""
    await _stories(service)
    await _relatives(service, "")


async def _stories(service: Service) -> dict[str, list[Row]]:
    """Return the events of every council in order; they are asked for once for all pages.

    Out: what touched several councils stands once with each.
    """
    if not service.stories:
        text = _OF_ONE_COUNCIL.sub("", find_query("council_story").text)
        found: dict[str, list[Row]] = defaultdict(list)
        for row in (await select(service.engine, text))[1]:
            found[row["body"]["value"]].append(row)
        service.stories.update(found)
    return service.stories


async def _relatives(service: Service, council: str) -> dict[str, str]:
    """Return the councils before and after one, with which of the two they are."""
    if _RELATIVES not in service.whole_lists:
        others = (str(thing(_AUTHORITY, name)) for name in service.known.get(_AUTHORITY, ()))
        every = [*service.reach.councils, *others]
        service.whole_lists[_RELATIVES] = await rows_about(service.engine, _RELATIVES, every)
    rows = (row for row in service.whole_lists[_RELATIVES] if row["item"]["value"] == council)
    return {row["council"]["value"]: row["relation"]["value"] for row in rows}


def _add_event(found: dict[str, dict[str, Json]], event: dict[str, Json]) -> None:
    """Add an event; one with a name that is taken, as an act under two regimes, gets a number."""
    name, number = event["id"], 1
    while event["id"] in found:
        number += 1
        event["id"] = f"{name}-{number}"
    found[event["id"]] = event


def _thing(row: Row) -> str:
    return row["thing"]["value"]


def _event(known: Description, row: Row, whose: Mapping[str, str]) -> dict[str, Json]:
    council, kind, reference = row["body"]["value"], row["kind"]["value"], short(_thing(row))
    time = {name: term["value"] for name, term in row.items() if name in _TIMES}
    is_of_register = kind == "reorganisation"
    return {
        "id": f"{reference}/{kind.replace(' ', '-')}",
        "council": ref(known, ox.NamedNode(council)) | {"label": row["council"]["value"]},
        "whose": whose[council],
        "kind": kind,
        "thing": ref(known, ox.NamedNode(_thing(row))),
        "detail": row.get("detail", {}).get("value"),
        "time": {name: time.get(name) for name in _TIMES},
        "precision": precision(
            time.get("earliest"), time.get("latest"), row.get("status", {}).get("value", "valid")
        ),
        "claims": None if is_of_register else f"/claims?about={quote(reference, safe='/')}",
    }


def _order(event: Mapping[str, Json]) -> tuple[str, str, str]:
    first, last = event["time"]["earliest"], event["time"]["latest"]
    return first or last or _UNKNOWN_DAY, last or _UNKNOWN_DAY, event["id"]
