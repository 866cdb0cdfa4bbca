"""The ontology term by term: what each means, what surrounds it, an example, and who needs it."""

import re
from collections.abc import Iterator, Mapping

import pyoxigraph as ox
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.hosting.state import Service, Shared
from api.http.negotiation import RDF, THING, wanted_format
from api.http.responses import ResponseContent, reply
from api.pages.ontology_picture import Link, ontology_picture
from api.routes.filters import read_request
from api.routes.linked_data import exists, graph_reply
from api.views.description import Description, compact, describe_anything, gather, rows_about
from api.views.serialisers import Json, ref
from ontology.errors import NotFound
from ontology.namespaces import BASE, NS
from queries.catalogue import catalogue, internal_query
from queries.engine.interface import Row, select

router = APIRouter()

_WORDS = {
    "definition": "skos:definition",
    "scope_note": "skos:scopeNote",
    "derivation": "derivation",
    "replaced_by": "dcterms:isReplacedBy",
}
_ABOVE = "rdfs:subClassOf", "rdfs:subPropertyOf"
_NAME = re.compile(r"[A-Za-z]\w*")


@router.get("/ontology", summary="The classes and properties")
async def ontology(request: Request, service: Shared) -> Response:
    """Answer every class and property; as RDF the ontology with its schemes."""
    chosen = wanted_format(request, THING)
    if chosen in RDF:
        return await graph_reply(service, "ontology", chosen)
    _, rows = await select(service.engine, internal_query("lists", "terms").text)
    items = [
        {"id": compact(row["term"]["value"])}
        | {name: row[name]["value"] for name in ("label", "definition", "example") if name in row}
        for row in rows
    ]
    body = {"items": items, "total": len(items), "release": service.release.id}
    if chosen == "html":
        _, links = await select(service.engine, internal_query("lists", "links_of_classes").text)
        body["picture"] = ontology_picture(
            [str(one["id"]) for one in items],
            [
                Link(*(_short(row[name]["value"]) for name in ("lower", "property", "other")))
                for row in links
            ],
        )
    return reply(
        request, chosen, ResponseContent("Ontology", body, items, template="ontology.html")
    )


@router.get("/ontology/{name}", summary="One term of the ontology, or 303 for one of its versions")
async def term(request: Request, service: Shared, name: str) -> Response:
    """Answer what a class or property means, what surrounds it, an example, and who needs it."""
    asked = request.scope["asked_path"].removeprefix("/ontology/")
    if asked[:1].isdigit():
        # The number of a version ends in what looks like a suffix.
        return await _version(service, asked)
    chosen = wanted_format(request, THING)
    read_request(request, service)
    iri = f"{NS}{name}"
    known = await describe_anything(service.engine, iri) if _NAME.fullmatch(name) else None
    if known is None or not known.text(iri, "rdfs:isDefinedBy"):
        raise NotFound(f"the ontology has no term {name}", name, ["/ontology"])
    body = await _described(service, known, iri, name)
    title = f"{known.label(iri)} (ci:{name})"
    triples = known.triples if chosen in RDF else []
    return reply(
        request, chosen, ResponseContent(title, body, triples=triples, template="term.html")
    )


async def _version(service: Service, version: str) -> Response:
    """Say where the version that is served is explained; others are in releases of their time."""
    if not await exists(service, f"{BASE}ontology/{version}"):
        raise NotFound(
            f"this is no version of the ontology here: {version}", version, ["/ontology"]
        )
    return RedirectResponse("/ontology", status_code=303)


async def _described(service: Service, known: Description, iri: str, name: str) -> dict[str, Json]:
    rows = await rows_about(service.engine, "term_neighbours", [iri])
    example = await rows_about(service.engine, "term_example", [iri])
    things = [row["thing"]["value"] for row in example]
    known.add(await gather(service.engine, "names_of", things, everywhere=True))
    return {
        "id": name,
        "iri": iri,
        "kind": "class" if name[0].isupper() else "property",
        "label": known.label(iri),
        **{key: known.text(iri, path) for key, path in _WORDS.items()},
        "examples": [*known.texts(iri, "skos:example")],
        "is_deprecated": known.text(iri, "owl:deprecated") == "true",
        "broader": [_short(other) for path in _ABOVE for other in known.texts(iri, path)],
        "narrower": [_short(row["property"]["value"]) for row in _of_way(rows, "narrower")],
        "of": sorted(_short(other) for other in known.texts(iri, "schema:domainIncludes")),
        "to": sorted(_short(other) for other in known.texts(iri, "schema:rangeIncludes")),
        "leads_on": [*_neighbours(rows, "from")],
        "leads_here": [*_neighbours(rows, "to")],
        "example_of_release": ref(known, ox.NamedNode(things[0])) if things else None,
        "questions": [*_questions(name)],
        "release": service.release.id,
    }


def _neighbours(rows: list[Row], way: str) -> Iterator[dict[str, Json]]:
    """Yield the properties of one way, each with the class at its other end, if it names one."""
    for row in _of_way(rows, way):
        other = row["other"]["value"] if "other" in row else None
        yield {
            "property": _short(row["property"]["value"]),
            "other": _short(other) if other else None,
        }


def _of_way(rows: list[Row], way: str) -> list[Row]:
    return [row for row in rows if row["way"]["value"] == way]


def _questions(name: str) -> Iterator[Mapping[str, Json]]:
    """Yield the questions of the catalogue that need a term."""
    used = re.compile(rf"\bci:{name}\b")
    for query in catalogue().values():
        if used.search(query.text):
            yield {"name": query.name, "question": query.question}


def _short(iri: str) -> str:
    return compact(iri) or iri
