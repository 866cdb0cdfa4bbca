"""The addresses of the lists and of single things."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.hosting.state import Service, Shared
from api.http.negotiation import THING, wanted_format
from api.http.responses import ResponseContent, reply
from api.routes.filters import read_request
from api.routes.list_endpoint import list_reply
from api.views import fields
from api.views.claims import add_sources, claim_object, stated_by
from api.views.description import describe, describe_claims
from api.views.lists import BY_PATH, RESOURCES, Resource
from api.views.serialisers import FieldTable, class_words
from ontology.errors import NotFound, UnknownIdentifier
from ontology.identifiers import short, thing

router = APIRouter()

ITEMS: dict[str, tuple[str, FieldTable]] = {
    "authorities": ("authority", fields.AUTHORITY),
    "directions": ("direction", fields.DIRECTION),
    "documents": ("document", fields.DOCUMENT),
    "inspections": ("inspection", fields.INSPECTION),
    "interventions": ("intervention", fields.INTERVENTION),
    "notices": ("notice", fields.NOTICE),
    "pay": ("pay", fields.REMUNERATION),
    "people": ("person", fields.PERSON),
    "section-114-reports": ("section-114-report", fields.SECTION_114_REPORT),
    "transfers": ("transfer", fields.TRANSFER),
}
"""Kind and form of the things that have an address of their own, by its beginning."""

_TEMPLATES: dict[str, str] = {"Intervention": "intervention.html"}
"""Pages that are more than a table of what is known."""


def known_thing(service: Service, kind: str, local: str) -> str:
    """Return the address of a thing that a path names.

    Raises: NotFound for a name that no thing of this kind can have, listing those there are.
    """
    try:
        return str(thing(kind, local))
    except UnknownIdentifier as error:
        raise NotFound(str(error), local, [*service.known.get(kind, ())]) from None


def _list_route(resource: Resource) -> Callable[[Request, Shared], Awaitable[Response]]:
    async def route(request: Request, service: Shared) -> Response:
        return await list_reply(request, service, resource)

    route.__doc__ = resource.query.question
    return route


def _item_route(
    kind: str, table: FieldTable
) -> Callable[[Request, Shared, str], Awaitable[Response]]:
    async def route(request: Request, service: Shared, item: str) -> Response:
        return await item_reply(request, service, known_thing(service, kind, item), table)

    route.__doc__ = f"Answer one {kind}, with the documents that speak of it."
    return route


def filter_documentation(resource: Resource) -> dict[str, Any]:
    """Return the parameters of a list for the OpenAPI document."""
    pairs = [(parameter.name, parameter.meaning, "string") for parameter in resource.filters]
    pairs += [
        ("limit", "most items on the page", "integer"),
        ("cursor", "from the link in next", "string"),
    ]
    return {
        "parameters": [
            {
                "name": name,
                "in": "query",
                "required": False,
                "description": meaning,
                "schema": {"type": kind},
            }
            for name, meaning, kind in pairs
        ]
    }


def _acts_towards(authority: str) -> dict[str, Any]:
    """Return where the acts of ministers towards a combined authority are listed."""
    return {
        "events": f"/authorities/{authority}/events",
        "notices": f"/notices?council={authority}",
        "interventions": f"/interventions?council={authority}",
    }


async def item_reply(request: Request, service: Service, iri: str, table: FieldTable) -> Response:
    """Answer one thing.

    Raises: NotFound if the release does not know it.
    """
    chosen = wanted_format(request, THING)
    read_request(request, service)
    known = await describe(service.engine, [iri])
    if not table.is_known(known, iri):
        raise NotFound(f"the release knows no {table.cls.lower()} {iri}", iri.rpartition("/")[2])
    found = table.of(known, iri)
    documents = await stated_by(service.engine, [iri])
    for key in ("judgements", "areas_not_judged"):
        await add_sources(service.engine, found.get(key) or [], service.documents)
    council = (found.get("council") or {}).get("iri")
    reference = quote(short(iri), safe="/")
    body = {
        **found,
        "stated_by": documents.get(iri, []),
        "claims": f"/claims?about={reference}" if iri in documents else None,
        **({"says": f"/claims?document={found['id']}"} if table is fields.DOCUMENT else {}),
        **(_acts_towards(found["id"]) if table is fields.AUTHORITY else {}),
        "release": service.release.id,
        "coverage": service.coverage(council),
    }
    title = found.get("name") or f"{class_words(found['kind'])} {found['id']}"
    template = _TEMPLATES.get(table.cls, "thing.html")
    return reply(
        request, chosen, ResponseContent(title, body, triples=known.triples, template=template)
    )


@router.get("/claims/{claim}", summary="One claim")
async def one_claim(request: Request, service: Shared, claim: str) -> Response:
    """Answer what one document says: value, words, place, and whether it is used."""
    chosen = wanted_format(request, THING)
    read_request(request, service)
    iri = known_thing(service, "claim", claim)
    known = await describe_claims(service.engine, [iri])
    if not known.text(iri, "source"):
        raise NotFound(f"the release holds no claim {claim}", claim)
    body = {**claim_object(known, iri, service.documents), "release": service.release.id}
    return reply(request, chosen, ResponseContent(f"Claim {claim}", body, triples=known.triples))


async def duties(request: Request, service: Service, direction: str, path: str) -> Response:
    """Answer the duties of one direction.

    Raises: NotFound if the release does not know the direction.
    """
    known = service.known.get("direction", ())
    if direction not in known:
        raise NotFound(f"the release knows no direction {direction}", direction, list(known))
    return await list_reply(request, service, BY_PATH[path], {"direction": direction})


@router.get("/directions/{direction}/requirements", summary="Requirements of one direction")
async def requirements(request: Request, service: Shared, direction: str) -> Response:
    """List what the council must do, item by item, in the printed order."""
    return await duties(request, service, direction, "requirements")


@router.get(
    "/directions/{direction}/tasks", summary="Tasks of the commissioner under one direction"
)
async def tasks(request: Request, service: Shared, direction: str) -> Response:
    """List what the commissioner or adviser must do, item by item, in the printed order."""
    return await duties(request, service, direction, "tasks")


for _resource in RESOURCES:
    router.add_api_route(
        f"/{_resource.path}",
        _list_route(_resource),
        summary=_resource.title,
        openapi_extra=filter_documentation(_resource),
    )
for _path, (_kind, _table) in ITEMS.items():
    router.add_api_route(f"/{_path}/{{item}}", _item_route(_kind, _table), summary=f"One {_kind}")
