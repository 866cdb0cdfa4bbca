"""Linked data: from a thing to its description; the ontology, its schemes, and the graphs."""

from __future__ import annotations

from urllib.parse import quote

import pyoxigraph as ox
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.description import Description, compact, describe_anything, rows_about
from api.errors import Missing
from api.filters import read_request
from api.formats import RDF, THING, wanted_format
from api.framing import Json, anything, kind_of_address, local_id
from api.replies import Content, as_rdf, reply
from api.resources import known_thing
from api.service import Service, Shared
from ontology.identifiers import short
from ontology.namespaces import GRAPH, SCHEME
from queries.catalogue import internal_query
from queries.engine import EVERYTHING, N_TRIPLES, Question, select

router = APIRouter()

PAGES: dict[str, str] = {
    "claim": "claims",
    "council": "councils",
    "direction": "directions",
    "document": "documents",
    "inspection": "inspections",
    "person": "people",
}
"""Kinds whose description is a resource of its own."""

WHOLE_GRAPH = "CONSTRUCT { ?thing ?property ?value } WHERE { ?thing ?property ?value }"


def see_other(request: Request, path: str) -> Response:
    """Return the redirection to a description, with the suffix that was asked for."""
    suffix = request.scope.get("suffix")
    target = quote(path) + (f".{suffix}" if suffix else "")
    return RedirectResponse(target, status_code=303)


async def mentions(service: Service, iri: str) -> list[dict[str, Json]]:
    """Return the things that point to a thing, each with the property."""
    rows = await rows_about(service.engine, "mentions", [iri])
    nothing = Description()
    return [
        {
            "property": compact(row["property"]["value"]),
            "thing": ref_of(nothing, row["thing"]["value"]),
        }
        for row in rows
        if row["thing"]["type"] == "uri"
    ]


def ref_of(known: Description, iri: str) -> Json:
    """Return a reference to a thing without a name."""
    return {
        "kind": kind_of_address(iri),
        "id": local_id(iri),
        "iri": iri,
        "label": known.label(iri),
    }


async def exists(service: Service, iri: str) -> bool:
    """Return whether any graph of the release speaks of a thing."""
    return bool(await rows_about(service.engine, "is_known", [iri]))


@router.get("/id/{kind}/{local:path}", summary="A thing: 303 to its description", status_code=303)
async def identify(request: Request, service: Shared, kind: str, local: str) -> Response:
    """Say where the description of a thing is; the thing itself cannot be sent."""
    iri = known_thing(kind, local)
    if not await exists(service, iri):
        raise Missing(f"the release speaks of no {kind} {local}", local)
    return see_other(
        request, f"/{PAGES[kind]}/{local}" if kind in PAGES else f"/doc/{kind}/{local}"
    )


@router.get("/doc/{kind}/{local:path}", summary="The description of any thing")
async def document(request: Request, service: Shared, kind: str, local: str) -> Response:
    """Answer everything that the release says of one thing, and what points to it."""
    iri = str(SCHEME[local]) if kind == "scheme" else known_thing(kind, local)
    return await description_reply(request, service, iri)


async def description_reply(request: Request, service: Service, iri: str) -> Response:
    """Answer with everything said of a thing.

    Raises: Missing if nothing is.
    """
    chosen = wanted_format(request, THING)
    read_request(request, service)
    if not await exists(service, iri):
        raise Missing(f"the release says nothing of {iri}", short(iri))
    known = await describe_anything(service.engine, iri)
    body = {
        "id": local_id(iri),
        "iri": iri,
        "kind": kind_of_address(iri),
        "label": known.label(iri),
        "properties": {
            compact(name): [anything(known, value) for value in values]
            for name, values in known.properties(iri).items()
        },
        "mentioned_by": await mentions(service, iri),
        "claims": f"/claims?about={quote(short(iri), safe='/')}",
        "release": service.release["id"],
    }
    return reply(
        request, chosen, Content(known.label(iri) or short(iri), body, triples=known.triples)
    )


@router.get(
    "/scheme/{path:path}", summary="A scheme or a concept: 303 to its description", status_code=303
)
async def scheme(request: Request, service: Shared, path: str) -> Response:
    """Say where the description of a scheme or a concept is."""
    if not await exists(service, str(SCHEME[path])):
        raise Missing(f"there is no scheme or concept {path}", path, list(service.notations))
    return see_other(request, f"/doc/scheme/{path}")


@router.get("/ns", summary="The namespace: 303 to the ontology", status_code=303)
async def namespace(request: Request) -> Response:
    """Say where the classes and properties are explained."""
    return see_other(request, "/ontology")


@router.get("/ontology", summary="The classes and properties")
async def ontology(request: Request, service: Shared) -> Response:
    """Answer every class and property; as RDF the ontology with its schemes."""
    chosen = wanted_format(request, THING)
    if chosen in RDF:
        return await graph_reply(service, "ontology", chosen)
    _, rows = await select(service.engine, internal_query("lists", "terms").text)
    items = [
        {"id": compact(row["term"]["value"])}
        | {name: row[name]["value"] for name in ("label", "definition") if name in row}
        for row in rows
    ]
    body = {"items": items, "total": len(items), "release": service.release["id"]}
    return reply(request, chosen, Content("Ontology", body, items, template="ontology.html"))


@router.get("/graph/{name:path}", summary="One named graph")
async def named_graph(request: Request, service: Shared, name: str) -> Response:
    """Answer the triples of one named graph; `all` stands for every graph."""
    return await graph_reply(service, name, wanted_format(request, RDF))


async def graph_reply(service: Service, name: str, chosen: str) -> Response:
    """Answer with the triples of a graph.

    Raises: Missing for a graph that is empty, that is, not there.
    """
    iri = EVERYTHING if name == "all" else str(GRAPH[name])
    if not await select_any(service, iri):
        raise Missing(f"the release has no graph {iri}", name)
    body = await service.engine.answer(Question(WHOLE_GRAPH, N_TRIPLES, (iri,)))
    if chosen != "nt":
        body = as_rdf([quad.triple for quad in ox.parse(body, ox.RdfFormat.N_TRIPLES)], chosen)
    return Response(body, media_type=RDF[chosen], headers={"Vary": "Accept"})


async def select_any(service: Service, graph: str) -> bool:
    """Return whether a graph has any triple."""
    question = Question("ASK { ?thing ?property ?value }", "text/csv", (graph,))
    return (await service.engine.answer(question)).strip() == b"true"
