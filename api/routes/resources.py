"""The addresses of the lists and of single things."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NoReturn
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.hosting.items import earlier_day, find_rows, objects
from api.hosting.state import Service, Shared
from api.http.negotiation import RDF, THING, wanted_format
from api.http.responses import ResponseContent, reply
from api.http.templating import sentence
from api.pages.council import career
from api.routes.filters import check_filters, read_request, sent_pairs
from api.routes.finding.council_redirects import moved
from api.routes.list_endpoint import list_reply
from api.routes.reference.changes import first_seen, withdrawn_with
from api.routes.reference.choice import CLAIMS, FIELDS, IDENTITY, WITH, Choice, read_choice
from api.routes.two_clocks import Clocks, check_claims_of_today, clock_headers, thing_then
from api.views import fields
from api.views.claims import ClaimReader, add_sources, claims_about, stated_by
from api.views.context import linked
from api.views.description import describe, describe_claims
from api.views.legislation import PROVISION, STATUTE
from api.views.lists import BY_PATH, CLOCKS, ON_DAY, RESOURCES, Ask, Resource
from api.views.serialisers import FieldTable, Json, class_words
from api.views.ways_on import with_ways_on
from ontology.errors import NotFound, UnknownIdentifier, Withdrawn
from ontology.identifiers import short, thing
from queries.parameters import Parameter

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

_BESIDE = "stated_by", "claims"
"""Keys of the answer about any thing, beside those of its table."""
_PATHS = {"statutes": STATUTE, "provisions": PROVISION}
_TEMPLATES: dict[str, str] = {
    "Direction": "act.html",
    "Document": "document.html",
    "SourceDocument": "document.html",
    "Inspection": "inspection.html",
    "Intervention": "intervention.html",
    "Notice": "act.html",
    "Person": "person.html",
    PROVISION.cls: "law.html",
    STATUTE.cls: "law.html",
}
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
        elsewhere = moved(request, service, item, kind=kind) if kind == "authority" else None
        if elsewhere is not None:
            return elsewhere
        return await item_reply(request, service, known_thing(service, kind, item), table)

    route.__doc__ = f"Answer one {kind}, with the documents that speak of it."
    return route


def _acts_towards(authority: str) -> dict[str, str]:
    """Return where the acts of ministers towards a combined authority are listed."""
    return {
        "events": f"/authorities/{authority}/events",
        "notices": f"/notices?council={authority}",
        "interventions": f"/interventions?council={authority}",
    }


async def item_reply(
    request: Request, service: Service, iri: str, table: FieldTable, ask: Ask = describe
) -> Response:
    """Answer one thing.

    In: what asks the graph for it.
    Raises: NotFound if the release does not know it, or did not on the day that is asked for.
    """
    chosen = wanted_format(request, THING)
    resource = BY_PATH.get(_path_of(table))
    clocked = resource if resource and resource.known_as else None
    keys = [field.key for field in table.fields] + list(ON_DAY if clocked else ())
    choice, given = read_one(request, service, keys, CLOCKS if clocked else ())
    clocks = Clocks.of(given)
    known = await ask(service.engine, [iri])
    if not table.is_known(known, iri):
        raise NotFound(f"the release knows no {table.cls.lower()} {iri}", iri.rpartition("/")[2])
    found = table.of(known, iri)
    if clocked and given:
        known, (found,) = await thing_then(service, clocked, iri, clocks)
    body = await _answer(service, iri, table, found, clocks)
    named = known.label(iri) or f"{class_words(found['kind'])} {found['id']}"
    title = sentence(found.get("name") or named)
    template = _TEMPLATES.get(table.cls, "thing.html")
    if chosen == "json":
        body = linked(_path_of(table)) | await chosen_answer(service, body, choice)
    if chosen == "html":
        body = {**body, "fields": body, **await _beside(service, table, body)}
    headers = clock_headers(request, clocks.known_at)
    triples = known.triples if chosen in RDF else []
    if chosen in RDF and not given:
        # On an earlier day the things that came later are no ways on.
        triples = await with_ways_on(service.engine, known, iri, has_claims=bool(body["claims"]))
    content = ResponseContent(
        *(title, body),
        triples=triples,
        template=template,
        headers=headers,
        is_dated=clocked is not None and not clocks.as_of,
    )
    return reply(request, chosen, content)


async def _beside(service: Service, table: FieldTable, body: Mapping[str, Json]) -> dict[str, Json]:
    """Return what a page shows beside its thing.

    Out: of a direction the duties and tasks under it, of a person the offices as bars of one scale.
    """
    if table is fields.PERSON:
        return {"career": career(body["appointments"], datetime.now(UTC).date().isoformat())}
    if table is not fields.DIRECTION:
        return {}
    found = {}
    for key, path in (("duties", "requirements"), ("tasks", "tasks")):
        rows = await find_rows(service, BY_PATH[path], {"direction": body["id"]})
        found[key] = (await objects(service, BY_PATH[path], rows.rows))[1]
    return found


async def _answer(
    service: Service, iri: str, table: FieldTable, found: dict[str, Json], clocks: Clocks
) -> dict[str, Json]:
    """Return a thing with what is said beside it: who speaks of it, and what was read."""
    known_at = await earlier_day(service, clocks.known_at)
    documents = await stated_by(service.engine, [iri], known_at)
    for key in ("judgements", "areas_not_judged"):
        await add_sources(service.engine, found.get(key) or [], service.documents)
    council = (found.get("council") or {}).get("iri")
    reference = quote(short(iri), safe="/")
    is_linked = iri in documents and known_at is None
    return {
        **found,
        "stated_by": documents.get(iri, []),
        "claims": f"/claims?about={reference}" if is_linked else None,
        **({"says": f"/claims?document={found['id']}"} if table is fields.DOCUMENT else {}),
        **(_acts_towards(found["id"]) if table is fields.AUTHORITY else {}),
        **clocks.told,
        "release": service.release.id,
        "coverage": service.coverage(council),
    }


def _path_of(table: FieldTable) -> str:
    """Return the beginning of the addresses of the things of a form."""
    forms = _PATHS | {path: form for path, (_, form) in ITEMS.items()}
    return next(path for path, form in forms.items() if form is table)


def read_one(
    request: Request, service: Service, keys: Sequence[str], filters: Sequence[Parameter] = ()
) -> tuple[Choice, dict[str, str]]:
    """Return what a request chooses of one thing, and the filters that it gives.

    In: the keys of the thing, beside those that every thing has; the filters that are accepted.
    Raises: WrongParameter.
    """
    # One thing is no table.
    every = {key: (key,) for key in (*IDENTITY, *keys, *_BESIDE)}
    choice, others = read_choice(sent_pairs(request), every)
    given = check_filters(service, others, filters, (FIELDS, WITH))
    check_claims_of_today(choice, given)
    return choice, given


async def chosen_answer(
    service: Service, body: Mapping[str, Json], choice: Choice
) -> dict[str, Json]:
    """Return what is shown of one thing, with its claims where these are asked for."""
    if choice.has_claims:
        found = await claims_about(service.engine, [body["iri"]], service.documents)
        body = {**body, CLAIMS: found.get(body["iri"], [])}
    return choice.of_answer(body)


def no_claim(service: Service, claim: str) -> NoReturn:
    """Refuse a claim that the release does not hold.

    Raises: Withdrawn for one that an earlier release held, with where that is told; NotFound.
    """
    if told := withdrawn_with(service, claim):
        raise Withdrawn(
            f"the release holds no claim {claim}; it was withdrawn with the release {told}",
            claim,
            [f"/changes?release={told}"],
        )
    raise NotFound(f"the release holds no claim {claim}", claim)


@router.get("/claims/{claim}", summary="One claim")
async def one_claim(request: Request, service: Shared, claim: str) -> Response:
    """Answer what one document says: value, words, place, and whether it is used."""
    chosen = wanted_format(request, THING)
    read_request(request, service)
    iri = known_thing(service, "claim", claim)
    known = await describe_claims(service.engine, [iri])
    if not known.text(iri, "source"):
        no_claim(service, claim)
    body = {**ClaimReader(known, service.documents).claim(iri), "release": service.release.id}
    body |= {"first_seen": first_seen(service, claim)}
    if chosen == "json":
        body = linked("claims") | body
    triples = known.triples if chosen in RDF else []
    about = body["about"]["label"] or body["about"]["id"]
    content = ResponseContent(f"Claim about {about}", body, triples=triples, template="claim.html")
    return reply(request, chosen, content)


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
    )
for _path, (_kind, _table) in ITEMS.items():
    router.add_api_route(f"/{_path}/{{item}}", _item_route(_kind, _table), summary=f"One {_kind}")
