"""The catalogue of questions: what each asks, and its answer for given parameters."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.errors import WrongRequest
from api.filters import check_value
from api.formats import RDF, TABLE, wanted_format
from api.framing import Json
from api.replies import Content, reply
from api.service import Service, Shared
from ontology.errors import WrongParameter
from queries.catalogue import CatalogueQuery, catalogue, find_query
from queries.engine import Question, TermJson, select
from queries.outline import outline

router = APIRouter()

XSD = "http://www.w3.org/2001/XMLSchema#"


def describe_query(query: CatalogueQuery) -> dict[str, Json]:
    """Return what a question asks, what it needs, and where to ask it."""
    return {
        "id": query.name,
        "number": query.number,
        "title": query.title,
        "question": query.question,
        "parameters": [
            {"name": one.name, "type": one.type, "optional": one.optional, "meaning": one.meaning}
            for one in query.parameters
        ],
        "columns": list(query.columns),
        "address": f"/queries/{query.name}",
        "sparql": query.text,
    }


@router.get("/queries", summary="The catalogue of questions")
async def queries(request: Request, service: Shared) -> Response:
    """Every question with its parameters and columns."""
    chosen = wanted_format(request, TABLE)
    items = [describe_query(query) for query in catalogue().values()]
    rows = [{name: item[name] for name in ("id", "title", "question", "columns")} for item in items]
    body = {"items": items, "total": len(items), "release": service.release["id"]}
    return reply(request, chosen, Content("Questions", body, rows, template="queries.html"))


@router.get("/queries/{name}", summary="One question of the catalogue")
async def one_query(request: Request, service: Shared, name: str) -> Response:
    """Answer the question; without the parameters that it needs, say what it asks."""
    query = find_query(name)
    given = {key: value for key, value in request.query_params.multi_items() if value}
    needed = [one.name for one in query.parameters if not one.optional and one.name not in given]
    body: dict[str, Json] = describe_query(query)
    if needed and not given and (chosen := wanted_format(request, TABLE)) != "csv":
        return reply(request, chosen, Content(query.title, body, template="query.html"))
    text = bind(service, query, given)
    if outline(text).gives_triples:
        chosen = wanted_format(request, RDF)
        answer = await service.engine.answer(Question(text, RDF[chosen]))
        return Response(answer, media_type=RDF[chosen], headers={"Vary": "Accept"})
    chosen = wanted_format(request, TABLE)
    columns, rows = await select(service.engine, text)
    items = [{column: plain(row.get(column)) for column in columns} for row in rows]
    body |= {"given": given, "columns": columns, "items": items, "total": len(items)}
    body |= {"release": service.release["id"], "coverage": service.coverage()}
    return reply(request, chosen, Content(query.title, body, items, template="query.html"))


def bind(service: Service, query: CatalogueQuery, given: dict[str, str]) -> str:
    """Return the query with the given values as terms.

    Raises: WrongRequest, naming the parameter and what is accepted.
    """
    known = {one.name: one for one in query.parameters}
    for name, value in given.items():
        if name not in known:
            raise WrongRequest(
                f"the question {query.name} has no parameter {name!r}", name, list(known)
            )
        check_value(service, known[name], value)
    try:
        return query.bind(given)
    except WrongParameter as error:
        needed = [f"{one.name}: {one.meaning}" for one in query.parameters if not one.optional]
        raise WrongRequest(str(error), None, needed) from None


def plain(term: TermJson | None) -> Json:
    """Return a term as a value of JSON: numbers and truths as such, everything else as text."""
    if term is None:
        return None
    datatype, value = term.get("datatype", ""), term["value"]
    if datatype == f"{XSD}integer":
        return int(value)
    if datatype in (f"{XSD}decimal", f"{XSD}double"):
        return float(value)
    return value == "true" if datatype == f"{XSD}boolean" else value
