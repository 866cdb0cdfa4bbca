"""The lists: one entry per resource; filters are the parameters of its query."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from fastapi import Request
from starlette.responses import Response

from api import frames
from api.claims import claim_object, describe_discrepancies, discrepancy_object
from api.description import Description, describe, describe_claims
from api.filters import PAGING, page_limit, read_request
from api.formats import LIST, RDF, wanted_format
from api.framing import Frame, Json
from api.paging import cut, next_link
from api.replies import Content, reply
from api.service import Service
from ontology.identifiers import thing
from queries.catalogue import CatalogueQuery, find_query, internal_query
from queries.engine import Row, select
from queries.parameters import Parameter

NOTHING: Mapping[str, str] = {}


Objects = tuple[Description, list[dict[str, Json]]]
"""The description of some things, and the things as objects."""


async def describe_claim_objects(service: Service, items: Sequence[str]) -> Objects:
    """Return claims, each with its words."""
    known = await describe_claims(service.engine, items)
    return known, await built(items, lambda iri: claim_object(known, iri, service.documents))


async def describe_discrepancy_objects(service: Service, items: Sequence[str]) -> Objects:
    """Return differences, each with its claims in full."""
    known = await describe_discrepancies(service.engine, items)
    return known, await built(items, lambda iri: discrepancy_object(known, iri, service.documents))


def framed(frame: Frame) -> Callable[[Service, Sequence[str]], Awaitable[Objects]]:
    """Return what describes things by a frame."""

    async def describe_framed(service: Service, items: Sequence[str]) -> Objects:
        known = await describe(service.engine, items)
        return known, await built(items, lambda iri: frame.of(known, iri))

    return describe_framed


async def built(
    items: Sequence[str], build: Callable[[str], dict[str, Json]]
) -> list[dict[str, Json]]:
    """Return the object of each thing, made in a thread so that other requests need not wait."""
    return await asyncio.to_thread(lambda: [build(iri) for iri in items])


@dataclass(frozen=True)
class Resource:
    """A list: its address, what it lists, and how its items are described.

    In: `on_day` is the filter that asks what was in force on a day, and how certainly; `in_force`
    the column of that answer which names the items.
    """

    path: str
    title: str
    describe: Callable[[Service, Sequence[str]], Awaitable[Objects]]
    on_day: str = ""
    in_force: str = ""

    @property
    def query(self) -> CatalogueQuery:
        """The query that finds the items; its parameters are the filters."""
        return internal_query("lists", self.path)

    @property
    def filters(self) -> tuple[Parameter, ...]:
        """The filters that the list accepts."""
        days = [one for one in in_force_query().parameters if self.on_day and one.name == "day"]
        extra = [Parameter(self.on_day, one.type, True, one.meaning) for one in days]
        return *self.query.parameters, *extra


def in_force_query() -> CatalogueQuery:
    """Return the query that says which directions were in force on a day."""
    return find_query("directions_in_force")


RESOURCES: tuple[Resource, ...] = (
    Resource("councils", "Councils", framed(frames.COUNCIL), "under_direction_on", "council"),
    Resource("inspections", "Inspections", framed(frames.INSPECTION)),
    Resource("judgements", "Judgements", framed(frames.JUDGEMENT)),
    Resource("directions", "Directions", framed(frames.DIRECTION), "in_force_on", "direction"),
    Resource("requirements", "Requirements", framed(frames.REQUIREMENT)),
    Resource("tasks", "Tasks of commissioners", framed(frames.TASK)),
    Resource(
        "commissioners",
        "Commissioners, advisers and improvement partners",
        framed(frames.COMMISSIONER),
    ),
    Resource("appointments", "Appointments", framed(frames.APPOINTMENT)),
    Resource("documents", "Documents", framed(frames.DOCUMENT)),
    Resource("claims", "Claims", describe_claim_objects),
    Resource("discrepancies", "Discrepancies", describe_discrepancy_objects),
)
BY_PATH: dict[str, Resource] = {resource.path: resource for resource in RESOURCES}


async def list_reply(
    request: Request, service: Service, resource: Resource, fixed: Mapping[str, str] = NOTHING
) -> Response:
    """Answer a list: check the request, find the items, cut a page, describe it.

    Raises: WrongRequest, Unacceptable.
    """
    chosen = wanted_format(request, LIST)
    filters = [one for one in resource.filters if one.name not in fixed]
    given = read_request(request, service, filters, PAGING)
    limit, after = page_limit(request, service), request.query_params.get("cursor")
    rows = await find_rows(service, resource, {**given, **fixed})
    page, following = cut(rows, limit, after)
    known, items = await objects(service, resource, page)
    council = str(thing("council", given["council"])) if "council" in given else None
    body: dict[str, Json] = {"items": items, "total": len(rows)}
    body["next"] = next_link(request, following) if following else None
    body |= {"release": service.release.id, "coverage": service.coverage(council)}
    if resource.on_day in given:
        body |= {"as_of": given[resource.on_day], "cut_off_date": service.read_up_to(council)}
    headers = {"X-Total-Count": str(len(rows))}
    if following:
        headers["Link"] = f'<{body["next"]}>; rel="next"'
    content = {"title": resource.title, "filters": filters, "given": given, "envelope": body}
    triples = known.triples if chosen in RDF else []
    shown = body if chosen != "html" else content
    answer = Content(resource.title, shown, items, triples, "list.html", headers)
    return await asyncio.to_thread(reply, request, chosen, answer)


async def find_rows(service: Service, resource: Resource, given: Mapping[str, str]) -> list[Row]:
    """Return a row per item, in order; for a day, with the certainty and its reason."""
    day = given.get(resource.on_day)
    others = {name: value for name, value in given.items() if name != resource.on_day}
    rows = (await select(service.engine, resource.query.bind(others)))[1]
    if day is None:
        return rows
    _, directions = await select(service.engine, in_force_query().bind({"day": day}))
    best = {row[resource.in_force]["value"]: row for row in reversed(directions)}
    return [{**best[iri], **row} for row in rows if (iri := row["item"]["value"]) in best]


async def objects(service: Service, resource: Resource, rows: Sequence[Row]) -> Objects:
    """Return the description of a page of items, and the items as objects."""
    known, items = await resource.describe(service, [row["item"]["value"] for row in rows])
    certain = [_certainty(service, row) for row in rows]
    return known, [{**item, **more} for item, more in zip(items, certain, strict=True)]


def _certainty(service: Service, row: Row) -> dict[str, Json]:
    """Return how certain an item is on the day, why, and how far the documents reach."""
    if "certainty" not in row:
        return {}
    council = row.get("council", {}).get("value")
    told = {name: row[name]["value"] for name in ("certainty", "reason")}
    return {**told, "read_up_to": service.read_up_to(council)}
