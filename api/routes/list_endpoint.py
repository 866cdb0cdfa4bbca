"""Answer a list: check the request, find the items, cut a page, describe it."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from fastapi import Request
from starlette.responses import Response

from api.hosting.items import find_rows, none_known, objects
from api.hosting.state import Service
from api.http.negotiation import LIST, RDF, wanted_format
from api.http.paging import cut, next_link
from api.http.responses import ResponseContent, reply
from api.routes.filters import PAGING, page_limit, read_request
from api.views.lists import KNOWN_AT, Resource
from api.views.serialisers import Json
from ontology.identifiers import thing
from queries.engine.interface import Row

_NOTHING: Mapping[str, str] = {}


async def list_reply(
    request: Request, service: Service, resource: Resource, fixed: Mapping[str, str] = _NOTHING
) -> Response:
    """Answer a list.

    In: the filters that the address itself gives.
    Raises: WrongParameter, NotAcceptable.
    """
    chosen = wanted_format(request, LIST)
    filters = [parameter for parameter in resource.filters if parameter.name not in fixed]
    given = read_request(request, service, filters, PAGING)
    limit, after = page_limit(request, service), request.query_params.get("cursor")
    is_today = bool(resource.today) and resource.today not in given
    if is_today:
        given[resource.today] = datetime.now(UTC).date().isoformat()
    rows, not_heard_of = await find_rows(service, resource, {**given, **fixed})
    page, following = cut(rows, limit, after)
    known, items = await objects(service, resource, page, given.get(KNOWN_AT))
    council = _covered(service, given.get("council"))
    missing = (
        await none_known(service, given, rows) if resource.today and "council" in given else []
    )
    body = envelope(
        service,
        items if following else [*items, *missing],
        len(rows) + len(missing),
        next_link(request, following),
        council,
        resource.topics,
    )
    if resource.day in given:
        read_up_to = service.reach.read_up_to(council, resource.topics)
        body |= {"as_of": given[resource.day], "cut_off_date": read_up_to}
        body |= {"not_heard_of": not_heard_of, "by_certainty": by_certainty(rows, missing)}
    content = {
        "path": resource.path,
        "question": resource.query.question,
        "columns": resource.columns.split(),
        "filters": filters,
        "given": given,
        "envelope": body,
        "absence": service.reach.absence(council, resource.topics) if council else [],
    }
    triples = known.triples if chosen in RDF else []
    shown = body if chosen != "html" else content
    headers = page_headers(body) | ({"Cache-Control": "no-store"} if is_today else {})
    answer = ResponseContent(
        resource.title,
        shown,
        body["items"],
        resource.csv_columns,
        triples,
        "list.html",
        headers,
    )
    return await asyncio.to_thread(reply, request, chosen, answer)


def by_certainty(rows: Sequence[Row], missing: Sequence[Mapping[str, Json]]) -> dict[str, int]:
    """Return how many of all the answers for a day are of each certainty, on whichever page.

    In: the rows that were found, and the answers of which nothing is known.
    """
    found = Counter(row["certainty"]["value"] for row in rows)
    found.update(answer["certainty"] for answer in missing)
    return dict(sorted(found.items()))


def envelope(
    service: Service,
    items: Sequence[Mapping[str, Json]],
    total: int,
    following: str | None,
    council: str | None,
    topics: Sequence[str] = (),
) -> dict[str, Json]:
    """Return a page of items with what every list says beside them.

    In: the topics of coverage that the items are about, or none for all.
    """
    return {
        "items": items,
        "total": total,
        "next": following,
        "release": service.release.id,
        "coverage": service.coverage(council, topics),
    }


def page_headers(body: Mapping[str, Json]) -> dict[str, str]:
    """Return the headers by which a client follows a list without reading the body."""
    headers = {"X-Total-Count": str(body["total"])}
    if body["next"]:
        headers["Link"] = f'<{body["next"]}>; rel="next"'
    return headers


def _covered(service: Service, code: str | None) -> str | None:
    """Return the address of the council or authority whose coverage is told."""
    if code is None:
        return None
    kind = "authority" if code in service.known.get("authority", ()) else "council"
    return str(thing(kind, code))
