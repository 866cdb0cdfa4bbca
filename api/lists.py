"""The lists: one entry per resource; filters are the parameters of its query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.responses import Response

from api import frames
from api.claims import claim_object, describe_discrepancies, discrepancy_object
from api.description import Description, describe, describe_claims
from api.filters import PAGING, page_limit, read_request
from api.formats import LIST, wanted_format
from api.framing import Frame, Json
from api.paging import cut, next_link
from api.replies import Content, reply
from api.service import Service
from ontology.identifiers import thing
from queries.catalogue import CatalogueQuery, find_query, internal_query
from queries.engine import Row, select
from queries.parameters import Parameter

NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class Resource:
    """A list: its address, what it lists, and the form of its items.

    In: `on_day` is the filter that asks what was in force on a day, and how certainly.
    """

    path: str
    title: str
    frame: Frame | None = None
    on_day: str | None = None

    @property
    def query(self) -> CatalogueQuery:
        """The query that finds the items; its parameters are the filters."""
        return internal_query("lists", self.path)

    @property
    def filters(self) -> tuple[Parameter, ...]:
        """The filters that the list accepts."""
        extra = (
            [one for one in in_force_query().parameters if not one.optional] if self.on_day else []
        )
        return (
            *self.query.parameters,
            *(Parameter(self.on_day or "", one.type, True, one.meaning) for one in extra),
        )


def in_force_query() -> CatalogueQuery:
    """Return the query that says which directions were in force on a day."""
    return find_query("directions_in_force")


RESOURCES: tuple[Resource, ...] = (
    Resource("councils", "Councils", frames.COUNCIL, "under_direction_on"),
    Resource("inspections", "Inspections", frames.INSPECTION),
    Resource("judgements", "Judgements", frames.JUDGEMENT),
    Resource("directions", "Directions", frames.DIRECTION, "in_force_on"),
    Resource("requirements", "Requirements", frames.REQUIREMENT),
    Resource("tasks", "Tasks of commissioners", frames.TASK),
    Resource(
        "commissioners", "Commissioners, advisers and improvement partners", frames.COMMISSIONER
    ),
    Resource("appointments", "Appointments", frames.APPOINTMENT),
    Resource("documents", "Documents", frames.DOCUMENT),
    Resource("claims", "Claims"),
    Resource("discrepancies", "Discrepancies"),
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
    body |= {"release": service.release["id"], "coverage": service.coverage(council)}
    if resource.on_day in given:
        body |= {"as_of": given[resource.on_day or ""], "cut_off_date": service.read_up_to(council)}
    headers = {"X-Total-Count": str(len(rows))}
    if following:
        headers["Link"] = f'<{body["next"]}>; rel="next"'
    content = {"title": resource.title, "filters": filters, "given": given, "envelope": body}
    triples = known.triples if chosen not in ("json", "html", "csv") else []
    shown = body if chosen != "html" else content
    return reply(
        request, chosen, Content(resource.title, shown, items, triples, "list.html", headers)
    )


async def find_rows(service: Service, resource: Resource, given: Mapping[str, str]) -> list[Row]:
    """Return a row per item, in order; for a day, with the certainty and its reason."""
    day = given.get(resource.on_day or "")
    others = {name: value for name, value in given.items() if name != resource.on_day}
    if day is None:
        return (await select(service.engine, resource.query.bind(others)))[1]
    narrowed = others if resource.path == "directions" else {}
    _, directions = await select(service.engine, in_force_query().bind({**narrowed, "day": day}))
    if resource.path == "directions":
        return [{**row, "item": row["direction"]} for row in directions]
    best = {row["council"]["value"]: row for row in reversed(directions)}
    rows = (await select(service.engine, resource.query.bind(others)))[1]
    return [{**best[iri], **row} for row in rows if (iri := row["item"]["value"]) in best]


async def objects(
    service: Service, resource: Resource, rows: Sequence[Row]
) -> tuple[Description, list[dict[str, Any]]]:
    """Return the description of a page of items, and the items as objects."""
    items = [row["item"]["value"] for row in rows]
    engine, documents = service.engine, service.documents
    if resource.path == "claims":
        known = await describe_claims(engine, items)
        return known, [claim_object(known, iri, documents) for iri in items]
    if resource.path == "discrepancies":
        known = await describe_discrepancies(engine, items)
        return known, [discrepancy_object(known, iri, documents) for iri in items]
    known = await describe(engine, items)
    frame = resource.frame
    found = [frame.of(known, iri) for iri in items] if frame else []
    return known, [
        {**item, **_certainty(service, row)} for item, row in zip(found, rows, strict=True)
    ]


def _certainty(service: Service, row: Row) -> dict[str, Json]:
    """Return how certain an item is on the day, why, and how far the documents reach."""
    if "certainty" not in row:
        return {}
    council = row.get("council", {}).get("value")
    told = {name: row[name]["value"] for name in ("certainty", "reason")}
    return {**told, "read_up_to": service.read_up_to(council)}
