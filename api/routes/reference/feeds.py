"""Lists and councils as feeds: what became known of them, the newest first."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from fastapi import Request
from starlette.responses import Response

from api.hosting.items import find_rows, newest_day, objects
from api.hosting.state import Service
from api.http.negotiation import LIST, THING
from api.http.paging import cut, next_link
from api.http.public_address import origin_of
from api.routes.reference.atom import MEDIA_TYPE, Entry, Feed, as_atom, newest_first
from api.views.as_known import known_from
from api.views.lists import KNOWN_AT, Resource
from api.views.serialisers import Json, class_words
from ontology.identifiers import short
from ontology.namespaces import BASE
from queries.catalogue import CatalogueQuery
from queries.engine.interface import Row

_FED = frozenset(
    {
        *("directions", "inspections", "interventions", "notices", "appointments"),
        *("financial-support", "section-114-reports", "transfers", "under-intervention"),
    }
)
"""Lists of what becomes known on a day."""
_NOTHING: Mapping[str, str] = {}
_NO_DAY = "1970-01-01"
"""Stands before every day of the record."""
_TITLE_COLUMNS, _MARK_CHARACTERS = 3, 20
_MOST_ROWS = 100
"""A feed of a question is no list: who wants every row asks for the answer."""
_ATOM = {"atom": MEDIA_TYPE}
LIST_OR_FEED: dict[str, str] = LIST | _ATOM
THING_OR_FEED: dict[str, str] = THING | _ATOM
# takes: "2024-12", "[2024-01..2024-05]"
# leaves: "unknown"
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def formats_of(resource: Resource) -> dict[str, str]:
    """Return the formats of a list, a feed among them where its items become known on a day."""
    return LIST_OR_FEED if resource.path in _FED else LIST


def feed_of(request: Request, resource: Resource) -> str:
    """Return the address of the feed of a list; nothing for a list that has none."""
    return feed_address(request) if resource.path in _FED else ""


def fed(request: Request, resource: Resource, headers: Mapping[str, str]) -> dict[str, str]:
    """Return the header that leads from the page of a list to its feed, beside other links."""
    if resource.path not in _FED:
        return {}
    return {"Link": ", ".join(filter(None, [headers.get("Link"), feed_link(request)]))}


def feed_link(request: Request) -> str:
    """Return the header that leads from a page to its feed."""
    return f'<{feed_address(request)}>; rel="alternate"; type="{MEDIA_TYPE}"'


def feed_address(request: Request) -> str:
    """Return the address of the feed of a page, with the filters of the page."""
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{quote(_stem(request))}.atom{query}"


def _stem(request: Request) -> str:
    path: str = request.url.path
    return path


async def list_feed(
    request: Request,
    service: Service,
    resource: Resource,
    given: Mapping[str, str],
    limit: int,
    headers: Mapping[str, str],
) -> Response:
    """Answer a list as a feed: the items that became known last, each with its day.

    Out: of a state on a day, the day of its last sign; what has no day is left out.
    """
    found = await find_rows(service, resource, given)
    days = await _days(service, found.rows)
    if not days:
        _, items = await objects(service, resource, found.rows, given.get(KNOWN_AT))
        last_signs = {item["iri"]: day for item in items if (day := _last_sign(item))}
        entries = _entries(request, items, last_signs)
        return feed_reply(request, resource.title, entries, limit, headers)
    # Only what the page shows is described.
    dated = sorted((row for row in found.rows if _iri(row) in days), key=_iri)
    dated.sort(key=lambda row: days[_iri(row)], reverse=True)
    rows, following = cut(dated, limit, _cursor(request))
    _, items = await objects(service, resource, rows, given.get(KNOWN_AT))
    return _as_reply(request, resource.title, _entries(request, items, days), following, headers)


def _entries(
    request: Request, items: Sequence[Mapping[str, Json]], days: Mapping[str, str]
) -> list[Entry]:
    origin = origin_of(request.scope)
    return [
        Entry(iri, _title(item), days[iri], _summary(item), f"{origin}{_page(item)}")
        for item in items
        if (iri := item["iri"]) in days
    ]


def feed_reply(
    request: Request,
    title: str,
    entries: Iterable[Entry],
    limit: int,
    more: Mapping[str, str] = _NOTHING,
) -> Response:
    """Answer a page of entries as a feed about what an address lists, the newest first.

    Raises: WrongParameter for a cursor of another feed.
    """
    ordered = newest_first(entries)
    # A cursor holds names in short: of an event it could not find the long one again.
    rows: list[Row] = [{"item": {"value": short(one.iri)}} for one in ordered]
    page, following = cut(rows, limit, _cursor(request))
    shown = set(map(_iri, page))
    entries = [one for one in ordered if short(one.iri) in shown]
    return _as_reply(request, title, entries, following, more)


def _as_reply(
    request: Request,
    title: str,
    entries: Sequence[Entry],
    following: str | None,
    more: Mapping[str, str],
) -> Response:
    origin, stem = origin_of(request.scope), quote(_stem(request))
    query = f"?{request.url.query}" if request.url.query else ""
    next_page = next_link(request, following)
    feed = Feed(
        f"{BASE}{stem.removeprefix('/')}{query}",
        f"{title} (Council interventions)",
        f"{origin}{stem}.atom{query}",
        f"{origin}{stem}.html{query}",
        f"{origin}{stem}.atom?{next_page.partition('?')[2]}" if next_page else None,
    )
    headers = {"Vary": "Accept", **more}
    return Response(as_atom(feed, entries), media_type=MEDIA_TYPE, headers=headers)


def _cursor(request: Request) -> str | None:
    return request.query_params.get("cursor")


async def answer_feed(
    request: Request,
    service: Service,
    query: CatalogueQuery,
    items: Sequence[Mapping[str, Json]],
    labels: Mapping[str, str],
) -> Response:
    """Answer a question as a feed: each row at the day on which the newest thing in it was known.

    In: what the things in the rows are called, by their addresses.
    Out: a row that names nothing of which that is told stands at the newest day of the record; a
    row that changes is another entry; the newest hundred.
    """
    named = [[value for value in item.values() if _is_ours(value)] for item in items]
    since = await known_from(service.engine, sorted({iri for some in named for iri in some}))
    newest = await newest_day(service) or _NO_DAY
    page = f"{origin_of(request.scope)}{quote(_stem(request))}.html"
    page += f"?{request.url.query}" if request.url.query else ""
    entries = [
        Entry(
            f"{BASE}queries/{query.name}/row/{_mark(item)}",
            _once(_words_of_row(item, labels).values(), _TITLE_COLUMNS) or query.title,
            max((since[iri] for iri in iris if iri in since), default=newest),
            "; ".join(f"{name}: {told}" for name, told in _words_of_row(item, labels).items()),
            page,
        )
        for item, iris in zip(items, named, strict=True)
    ]
    unlike = {entry.iri: entry for entry in entries}.values()
    ordered = newest_first(unlike)[:_MOST_ROWS]
    return _as_reply(request, query.title, ordered, None, _NOTHING)


def _is_ours(value: Json) -> bool:
    return isinstance(value, str) and value.startswith(f"{BASE}id/") and " " not in value


def _mark(item: Mapping[str, Json]) -> str:
    """Return what tells a row from every other one."""
    told = json.dumps(item, sort_keys=True, ensure_ascii=False, default=str)
    return sha256(told.encode()).hexdigest()[:_MARK_CHARACTERS]


def _words_of_row(item: Mapping[str, Json], labels: Mapping[str, str]) -> dict[str, str]:
    """Return the cells of a row that say something, in words, by what their columns are called."""
    return {
        name.replace("_", " "): " and ".join(_called(one, labels) for one in str(value).split(" "))
        if str(value).startswith(BASE)
        else str(value)
        for name, value in item.items()
        if value not in (None, "")
    }


def _called(address: str, labels: Mapping[str, str]) -> str:
    return labels.get(address) or address.replace(f"{BASE}id/", "").replace(BASE, "")


async def event_days(service: Service, events: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return for each event the day on which it became known.

    Out: of what no source tells, as the registers' changes of councils, the day of the event,
    or that of the newest source if it lies beyond it.
    """
    things = list(dict.fromkeys(event["thing"]["iri"] for event in events))
    since = await known_from(service.engine, things) if things else {}
    newest = await newest_day(service) or _NO_DAY
    return {
        event["id"]: since.get(event["thing"]["iri"])
        or min(event["time"]["earliest"] or event["time"]["latest"] or newest, newest)
        for event in events
    }


def event_entries(
    request: Request, events: Sequence[Mapping[str, Any]], days: Mapping[str, str]
) -> list[Entry]:
    """Return the events of a council as entries, each at the day on which it became known.

    In: that day by the event.
    """
    origin = origin_of(request.scope)
    return [
        Entry(
            f"{BASE}id/event/{event['council']['id']}/{event['id']}",
            f"{event['council']['label']}: {event['kind']}, {_when(event)}",
            days[event["id"]],
            _once([event["thing"]["label"], event["detail"], _words(event)]),
            f"{origin}/{event['thing']['iri'].removeprefix(BASE)}",
            event["kind"],
            event["time"]["earliest"] or "",
        )
        for event in events
    ]


def _once(parts: Iterable[str | None], most: int | None = None) -> str:
    """Return the first parts that say something, each once, also where one has another within.

    >>> _once(["Report of a review (2016)", "report of a review (2016)", None, "“May 2016”"])
    'Report of a review (2016), “May 2016”'
    """
    told: list[str] = []
    for part in filter(None, parts):
        if not any(part.casefold() in other.casefold() for other in told):
            told = [other for other in told if other.casefold() not in part.casefold()] + [part]
    return ", ".join(told[:most])


def _when(event: Mapping[str, Any]) -> str:
    """Return the days that the time of an event can mean, or that none is told."""
    bounds = filter(None, [event["time"]["earliest"], event["time"]["latest"]])
    return " to ".join(dict.fromkeys(bounds)) or "no day"


def _words(event: Mapping[str, Any]) -> str:
    """Return the time of an event as its source prints it, or its bounds, or that none is told."""
    time = event["time"]
    if time["words"]:
        return f"“{time['words']}”"
    return _when(event)


async def _days(service: Service, rows: Sequence[Row]) -> dict[str, str]:
    return await known_from(service.engine, [_iri(row) for row in rows]) if rows else {}


def _iri(row: Row) -> str:
    return row["item"]["value"]


def _title(item: Mapping[str, Json]) -> str:
    council = item.get("council") or {}
    of_council = f", {council['label']}" if isinstance(council, dict) and council else ""
    if item.get("name"):
        return str(item["name"])
    if "last_sign" in item and "regime_label" in item and council:
        return f"{council['label']}, {item['regime_label']}: {item['certainty']}"
    kind = class_words(item["kind"])
    return f"{kind[:1].upper()}{kind[1:]} {item['id']}{of_council}"


def _summary(item: Mapping[str, Json]) -> str:
    """Return why it is as certain as it is on a day, or what the thing is told to be."""
    if item.get("because"):
        return f"{item['certainty']}: {item['because']}"
    told = [
        f"{key.replace('_', ' ')}: {value['words']}"
        for key, value in item.items()
        if isinstance(value, dict) and value.get("words")
    ]
    return "; ".join(told) or "no time of it is told"


def _page(item: Mapping[str, Json]) -> str:
    return f"/{item['iri'].removeprefix(BASE).replace('id/', 'doc/', 1)}"


def _last_sign(item: Mapping[str, Json]) -> str | None:
    """Return the first day that the last sign of a state can mean."""
    match = _DAY.search((item.get("last_sign") or {}).get("day") or "")
    return f"{match[1]}-{match[2] or '01'}-{match[3] or '01'}" if match else None
