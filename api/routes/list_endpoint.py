"""Answer a list: check the request, find the items, cut a page, describe it."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import Response

from api.hosting.items import find_rows, known_later, none_known, objects
from api.hosting.state import Service
from api.hosting.whole_list import PIECE_ITEMS, table_pieces
from api.http.negotiation import LIST, RDF, wanted_format
from api.http.paging import cut, next_link
from api.http.responses import OF_TODAY, PiecesResponse, ResponseContent, flatten, reply
from api.routes.filters import PAGING, check_filters, page_limit, sent_pairs
from api.routes.reference.choice import CLAIMS, FIELDS, WITH, Choice, read_choice
from api.routes.reference.feeds import fed, feed_of, formats_of, list_feed
from api.routes.shown.choosers import choosers
from api.routes.two_clocks import check_claims_of_today, clock_headers, clocks_of, on_one_day
from api.views.claims import claims_about
from api.views.context import linked
from api.views.description import Description
from api.views.lists import AS_OF, BY_PATH, KNOWN_AT, Resource
from api.views.serialisers import Json
from ontology.identifiers import thing
from queries.engine.interface import Row
from queries.parameters import ALSO, Parameter

_NOTHING: Mapping[str, str] = {}
_CHOOSING = "json", "csv"
"""Formats that show what is chosen of the items; the others show all there is."""


@dataclass(frozen=True)
class ListPage:
    """A page of a list, with what describes its items.

    In: `total` counts the items of all pages; `following` is the cursor of the page after it, if
    there is one; `council` the address of the council that was asked about; `not_heard_of` how
    many were left out of an answer for a day, `by_certainty` how many are of each certainty, and
    `known_later` how many that are known today were not known on the day of knowledge.
    """

    known: Description
    items: Sequence[Mapping[str, Json]]
    total: int
    following: str | None
    council: str | None
    not_heard_of: int | None = None
    by_certainty: Mapping[str, int] = field(default_factory=dict)
    known_later: int = 0

    def absence(self, service: Service, topics: Sequence[str]) -> list[str]:
        """Return what it means that nothing is known of the council asked about, in sentences."""
        return service.reach.absence(self.council, topics) if self.council else []


async def list_reply(
    request: Request, service: Service, resource: Resource, fixed: Mapping[str, str] = _NOTHING
) -> Response:
    """Answer a list.

    In: the filters that the address itself gives.
    Raises: WrongParameter, NotAcceptable.
    """
    chosen = wanted_format(request, formats_of(resource))
    filters = [parameter for parameter in resource.filters if parameter.name not in fixed]
    choice, given = read_list(request, service, resource, filters)
    limit, after = page_limit(request, service), request.query_params.get("cursor")
    is_today = bool(resource.today) and resource.today not in given
    given = as_of_today(resource, given)
    if chosen == "html" and resource.today:
        given, limit = all_of_day(request, service, given, limit)
    fresh = clock_headers(request, given.get(KNOWN_AT)) | related_headers(request, resource)
    fresh |= OF_TODAY if is_today else {}
    if chosen == "atom":
        return await list_feed(request, service, resource, {**given, **fixed}, limit, fresh)
    if chosen == "csv" and "limit" not in request.query_params:
        return await whole_reply(service, resource, {**given, **fixed}, choice, after, fresh)
    page = await find_page(service, resource, {**given, **fixed}, limit, after)
    items = (
        page.items if chosen not in _CHOOSING else await chosen_items(service, page.items, choice)
    )
    if chosen == "csv":
        items = rows_of_table(items, choice, resource)
    body = envelope(
        service,
        items,
        page.total,
        next_link(request, page.following),
        page.council,
        resource.topics,
    )
    body |= about_day(service, resource, given, page)
    if chosen == "json":
        body = linked(resource.path) | body
    triples = page.known.triples if chosen in RDF else []
    shown = body
    if chosen == "html":
        shown = await _for_page(request, service, resource, filters, given) | {
            "envelope": body,
            "absence": page.absence(service, resource.topics),
        }
    headers = page_headers(body, fresh, resource.path if chosen == "csv" else "")
    headers |= fed(request, resource, headers) if chosen == "html" else {}
    answer = ResponseContent(
        resource.title,
        shown,
        body["items"],
        choice.columns(resource.columns_by_key),
        triples,
        "under_intervention.html" if resource.today else "list.html",
        headers,
        is_dated=any(one.name == KNOWN_AT for one in filters),
    )
    return await asyncio.to_thread(reply, request, chosen, answer)


async def _for_page(
    request: Request,
    service: Service,
    resource: Resource,
    filters: Sequence[Parameter],
    given: Mapping[str, str],
) -> dict[str, Json]:
    """Return what the page of a list shows beside its answer."""
    has_councils = any(one.type == "council" for one in filters)
    return {
        "path": resource.path,
        "question": resource.query.question,
        "columns": resource.columns.split(),
        "filters": filters,
        "choices": await choosers(service, filters),
        "names": sorted({*service.reach.councils.values()}) if has_councils else (),
        "given": given,
        "clocks": clocks_of(resource, given).query,
        "related": BY_PATH[resource.related].title if resource.related else "",
        "related_address": related_address(request, resource),
        "feed": feed_of(request, resource),
    }


def all_of_day(
    request: Request, service: Service, given: Mapping[str, str], limit: int
) -> tuple[dict[str, str], int]:
    """Return filters and limit of the page for a day: all there is, unless less is asked for.

    Out: it shows what was not heard of for long too, under a heading of its own.
    """
    most = limit if "limit" in request.query_params else service.settings.page_items_maximum
    return {WITH: ALSO[0], **given}, most


def read_list(
    request: Request, service: Service, resource: Resource, filters: Sequence[Parameter]
) -> tuple[Choice, dict[str, str]]:
    """Return what a request chooses of the items, and the filters that it gives, each checked.

    Raises: WrongParameter.
    """
    also = ALSO if any(one.name == WITH for one in filters) else ()
    keys = resource.columns_by_key
    choice, others = read_choice(sent_pairs(request), keys, also)
    beside = (*PAGING, FIELDS, *(() if also else (WITH,)))
    given = check_filters(service, others, filters, beside, day_of(resource))
    check_claims_of_today(choice, given)
    return choice, given


async def chosen_items(
    service: Service, items: Sequence[Mapping[str, Json]], choice: Choice
) -> list[dict[str, Json]]:
    """Return what is shown of items, with their claims where these are asked for."""
    if choice.has_claims:
        named = [item["iri"] for item in items if item["iri"]]
        found = await claims_about(service.engine, named, service.documents)
        items = [{**item, CLAIMS: item.get(CLAIMS) or found.get(item["iri"], [])} for item in items]
    return [choice.of(item) for item in items]


def rows_of_table(
    items: Sequence[Mapping[str, Json]], choice: Choice, resource: Resource
) -> Sequence[Mapping[str, Json]]:
    """Return what a table shows of items: of some keys perhaps not every column."""
    left_out = choice.left_out(resource.columns_by_key)
    if not left_out:
        return items
    rows = (flatten(item) for item in items)
    return [{name: row[name] for name in row if name not in left_out} for row in rows]


async def whole_reply(
    service: Service,
    resource: Resource,
    given: Mapping[str, str],
    choice: Choice,
    after: str | None,
    headers: Mapping[str, str],
) -> Response:
    """Answer a list as one table: a short one at once, a long one while it is made.

    In: the cursor of the page from which on the items are wanted, or none for all.
    Raises: WrongParameter for a cursor that names no item of this list.
    """
    rows, _ = await find_rows(service, resource, given)
    missing = (
        await none_known(service, given, rows) if resource.today and "council" in given else []
    )
    count = {"X-Total-Count": str(len(rows) + len(missing))}
    rows, _ = cut(rows, max(len(rows), 1), after)
    columns = choice.columns(resource.columns_by_key)

    async def items_of(some: Sequence[Row]) -> Sequence[Mapping[str, Json]]:
        found = (await objects(service, resource, some, given.get(KNOWN_AT)))[1]
        return rows_of_table(await chosen_items(service, found, choice), choice, resource)

    last = rows_of_table([choice.of(one) for one in missing], choice, resource)
    pieces = partial(table_pieces, rows, columns, items_of, last)
    links = ", ".join(filter(None, [described_by(resource.path), headers.get("Link", "")]))
    headers = {"Vary": "Accept", **count, **headers, "Link": links}
    if len(rows) <= PIECE_ITEMS:
        body = b"".join([piece async for piece in pieces()])
        return Response(body, headers=headers, media_type=LIST["csv"])
    named = repr((resource.path, sorted(given.items()), after, columns)).encode()
    return PiecesResponse(pieces, named, headers, LIST["csv"])


def day_of(resource: Resource) -> str | None:
    """Return the day that a list is about where a request names none: today, or no day."""
    return datetime.now(UTC).date().isoformat() if resource.today else None


def as_of_today(resource: Resource, given: Mapping[str, str]) -> dict[str, str]:
    """Return the filters of a list, with today where it is about a day and none is given."""
    today, asked = day_of(resource), on_one_day(resource, given)
    return {resource.today: today, **asked} if today else asked


def about_day(
    service: Service, resource: Resource, given: Mapping[str, str], page: ListPage
) -> dict[str, Json]:
    """Return what a list that was asked for a day says beside its items; nothing for another."""
    clocks: dict[str, Json] = {name: given[name] for name in (AS_OF, KNOWN_AT) if name in given}
    if KNOWN_AT in given:
        clocks["known_later"] = page.known_later
    if resource.day not in given:
        return clocks
    read_up_to = service.reach.read_up_to(page.council, resource.topics)
    return clocks | {
        "as_of": given[resource.day],
        "cut_off_date": read_up_to and min(read_up_to, given.get(KNOWN_AT, read_up_to)),
        "not_heard_of": page.not_heard_of,
        "by_certainty": page.by_certainty,
    }


async def find_page(
    service: Service,
    resource: Resource,
    given: Mapping[str, str],
    limit: int,
    after: str | None = None,
) -> ListPage:
    """Return a page of the items that a list finds for filters.

    In: the cursor of the page, or none for the first.
    Raises: WrongParameter for a cursor that names no item of this list.
    """
    rows, not_heard_of = await find_rows(service, resource, given)
    page, following = cut(rows, limit, after)
    known, items = await objects(service, resource, page, given.get(KNOWN_AT))
    missing = (
        await none_known(service, given, rows) if resource.today and "council" in given else []
    )
    return ListPage(
        known,
        items if following else [*items, *missing],
        len(rows) + len(missing),
        following,
        covered(service, given.get("council")),
        not_heard_of,
        by_certainty(rows, missing) if resource.day in given else {},
        await known_later(service, resource, given, rows) if KNOWN_AT in given else 0,
    )


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


def page_headers(
    body: Mapping[str, Json], more: Mapping[str, str] = _NOTHING, table: str = ""
) -> dict[str, str]:
    """Return the headers by which a client follows a list without reading the body.

    In: other headers of the answer, which may have links too; the list whose columns are described
    elsewhere, if the answer is a table.
    """
    links = [
        f'<{body["next"]}>; rel="next"' if body["next"] else "",
        described_by(table) if table else "",
        more.get("Link", ""),
    ]
    found = {"X-Total-Count": str(body["total"]), **more}
    return found | ({"Link": ", ".join(filter(None, links))} if any(links) else {})


def related_address(request: Request, resource: Resource) -> str:
    """Return where the list that tells the rest answers the same request; nothing for no such."""
    if not resource.related:
        return ""
    path, suffix = request.url.path, request.scope.get("suffix")
    address = f"{path.rpartition('/')[0]}/{resource.related}" + (f".{suffix}" if suffix else "")
    pairs = [(name, text) for name, text in request.query_params.multi_items() if name != "cursor"]
    return address + (f"?{urlencode(pairs)}" if pairs else "")


def related_headers(request: Request, resource: Resource) -> dict[str, str]:
    """Return the header that leads to the list that tells the rest, if there is one."""
    address = related_address(request, resource)
    return {"Link": f'<{address}>; rel="related"'} if address else {}


def described_by(path: str) -> str:
    """Return the link to the description of the columns of a list."""
    return f'</columns/{path}>; rel="describedby"; type="application/csvm+json"'


def covered(service: Service, code: str | None) -> str | None:
    """Return the address of the council or authority whose coverage is told."""
    if code is None:
        return None
    kind = "authority" if code in service.known.get("authority", ()) else "council"
    return str(thing(kind, code))
