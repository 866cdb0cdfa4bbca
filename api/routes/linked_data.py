"""Linked data: from a thing to its description; the ontology, its schemes, and the graphs."""

import re
from urllib.parse import quote

import pyoxigraph as ox
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.hosting.items import objects
from api.hosting.state import Service, Shared
from api.http.negotiation import RDF, THING, wanted_format
from api.http.public_address import origin_of
from api.http.responses import ResponseContent, reply
from api.routes.filters import read_request
from api.routes.resources import ITEMS, known_thing, no_claim
from api.views.description import Description, compact, describe_anything, gather, rows_about
from api.views.lists import BY_PATH
from api.views.serialisers import Json, anything, kind_of_address, local_id, ref
from api.views.ways_on import with_ways_on
from data.publication import dataset_triples
from ontology.errors import NotFound
from ontology.identifiers import short
from ontology.namespaces import GRAPH, SCHEME
from queries.catalogue import internal_query
from queries.engine.interface import EVERYTHING, WHOLE_GRAPH, Question, Row, select
from queries.tables.dataset_description import PARTITIONS, dataset_description, void_term

router = APIRouter()

_DIFFERENCE = "discrepancy"
_PAGES: dict[str, str] = {
    "claim": "claims",
    "council": "councils",
    "provision": "provisions",
} | {kind: path for path, (kind, _) in ITEMS.items()}
"""Kinds whose description is a resource of its own."""


def see_other(request: Request, path: str) -> Response:
    """Return the redirection to a description, with the suffix that was asked for."""
    suffix = request.scope.get("suffix")
    target = quote(path) + (f".{suffix}" if suffix else "")
    return RedirectResponse(target, status_code=303)


async def mentions(service: Service, iri: str) -> list[dict[str, Json]]:
    """Return the things that point to a thing, each with the property."""
    rows = await rows_about(service.engine, "mentions", [iri])
    pairs = [
        (row["property"]["value"], ox.NamedNode(row["thing"]["value"]))
        for row in rows
        if row["thing"]["type"] == "uri"
    ]
    things = list(dict.fromkeys(thing.value for _, thing in pairs))
    known = Description(await gather(service.engine, "names_of", things, everywhere=True))
    return [{"property": compact(name), "thing": ref(known, thing)} for name, thing in pairs]


async def exists(service: Service, iri: str) -> bool:
    """Return whether any graph of the release speaks of a thing."""
    return bool(await rows_about(service.engine, "is_known", [iri]))


@router.get("/id/{kind}/{local:path}", summary="A thing: 303 to its description", status_code=303)
async def identify(request: Request, service: Shared, kind: str, local: str) -> Response:
    """Say where the description of a thing is; the thing itself cannot be sent."""
    iri = known_thing(service, kind, local)
    if not await exists(service, iri):
        if kind == "claim":
            no_claim(service, local)
        raise NotFound(f"the release speaks of no {kind} {local}", local)
    return see_other(
        request, f"/{_PAGES[kind]}/{local}" if kind in _PAGES else f"/doc/{kind}/{local}"
    )


@router.get("/doc/{kind}/{local:path}", summary="The description of any thing")
async def document(request: Request, service: Shared, kind: str, local: str) -> Response:
    """Answer everything that the release says of one thing, and what points to it."""
    iri = scheme_address(local) if kind == "scheme" else known_thing(service, kind, local)
    return await description_reply(request, service, iri)


async def description_reply(request: Request, service: Service, iri: str) -> Response:
    """Answer with everything said of a thing.

    Raises: NotFound if nothing is.
    """
    chosen = wanted_format(request, THING)
    read_request(request, service)
    if not await exists(service, iri):
        raise NotFound(f"the release says nothing of {iri}", short(iri))
    known = await describe_anything(service.engine, iri)
    reference = short(iri)
    is_accepted = reference in service.known.get("reference", ())
    body: dict[str, Json] = {
        "id": local_id(iri),
        "iri": iri,
        "kind": kind_of_address(iri),
        "label": known.label(iri),
        "properties": {
            compact(name): [anything(known, value) for value in values]
            for name, values in known.properties(iri).items()
        },
        "mentioned_by": await mentions(service, iri),
        "claims": f"/claims?about={quote(reference, safe='/')}" if is_accepted else None,
        "release": service.release.id,
    }
    triples = []
    if chosen in RDF:
        triples = await with_ways_on(service.engine, known, iri, has_claims=is_accepted)
    title, template = known.label(iri) or reference, "thing.html"
    if chosen == "html" and body["kind"] == _DIFFERENCE:
        rows: list[Row] = [{"item": {"type": "uri", "value": iri}}]
        _, (difference,) = await objects(service, BY_PATH["discrepancies"], rows)
        body = {"difference": difference, "fields": body}
        title, template = "Where sources differ", "discrepancy.html"
    content = ResponseContent(title, body, triples=triples, template=template)
    return reply(request, chosen, content)


def scheme_address(path: str) -> str:
    """Return the address of a scheme or a concept.

    Raises: NotFound for what cannot be the name of one.
    """
    if not re.fullmatch(r"[a-z0-9-]+(?:/[A-Za-z0-9.-]+)?", path):
        raise NotFound(f"there is no scheme or concept {path!r}", path)
    return str(SCHEME[path])


@router.get(
    "/scheme/{path:path}", summary="A scheme or a concept: 303 to its description", status_code=303
)
async def scheme(request: Request, service: Shared, path: str) -> Response:
    """Say where the description of a scheme or a concept is."""
    if not await exists(service, scheme_address(path)):
        raise NotFound(f"there is no scheme or concept {path!r}", path, list(service.notations))
    return see_other(request, f"/doc/scheme/{path}")


@router.get("/ns", summary="The namespace: 303 to the ontology", status_code=303)
async def namespace(request: Request) -> Response:
    """Say where the classes and properties are explained."""
    return see_other(request, "/ontology")


@router.get("/.well-known/void", summary="What the dataset holds, in VoID")
async def void(request: Request, service: Shared) -> Response:
    """Answer how many things of each class and statements of each property the release has."""
    chosen = wanted_format(request, RDF)
    read_request(request, service)
    classes, properties, of_classes = [await _counted(service, name) for name in PARTITIONS]
    origin, release = origin_of(request.scope), service.release.id
    address = f"{origin}/.well-known/void#dataset"
    endpoint = ox.Triple(
        ox.NamedNode(address), void_term("sparqlEndpoint"), ox.NamedNode(f"{origin}/sparql")
    )
    triples = [
        *dataset_triples(address),
        endpoint,
        *dataset_description(address, release, classes, properties, of_classes),
    ]
    return reply(request, chosen, ResponseContent("Dataset", None, triples=triples))


async def _counted(service: Service, name: str) -> list[Row]:
    """Return the rows of a query that counts, which are asked for once in a release."""
    rows = service.whole_lists.get(name)
    if rows is None:
        rows = (await select(service.engine, internal_query("lists", name).text))[1]
        service.whole_lists[name] = rows
    return rows


@router.get("/graph/{name:path}", summary="One named graph")
async def named_graph(request: Request, service: Shared, name: str) -> Response:
    """Answer the triples of one named graph; `all` stands for every graph."""
    return await graph_reply(service, name, wanted_format(request, RDF))


async def graph_reply(service: Service, name: str, chosen: str) -> Response:
    """Answer with the triples of a graph.

    Raises: NotFound, listing the graphs there are.
    """
    iri = EVERYTHING if name == "all" else f"{GRAPH}{name}"
    if iri not in (EVERYTHING, *service.graphs):
        names = ["all", *(graph.removeprefix(str(GRAPH)) for graph in service.graphs)]
        raise NotFound(f"the release has no graph {iri}", name, names)
    body = await service.engine.answer(Question(WHOLE_GRAPH, RDF[chosen], (iri,)))
    return Response(body, media_type=RDF[chosen], headers={"Vary": "Accept"})
