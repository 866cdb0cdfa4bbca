"""The catalogue of questions: what each asks, and its answer for given parameters."""

from dataclasses import asdict

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.hosting.state import Shared
from api.http.negotiation import RDF, TABLE, wanted_format
from api.http.responses import ResponseContent, reply
from api.routes.filters import read_request
from api.views.serialisers import Json, literal_value
from ontology.errors import WrongParameter
from queries.catalogue import CatalogueQuery, catalogue, find_query
from queries.engine.interface import Question, TermJson, select
from queries.sparql.query_inspection import inspect_query

router = APIRouter()

_DESCRIBED = "json", "html"
"""Formats in which a question without its parameters is described; a table would be empty."""

_COLUMNS = "id", "title", "question", "columns"
"""Columns of the table of the questions."""


def describe_query(query: CatalogueQuery) -> dict[str, Json]:
    """Return what a question asks, what it needs, and where to ask it."""
    return {
        "id": query.name,
        "number": query.number,
        "title": query.title,
        "question": query.question,
        "parameters": [asdict(parameter) for parameter in query.parameters],
        "columns": list(query.columns),
        "address": f"/queries/{query.name}",
        "sparql": query.text,
    }


@router.get("/queries", summary="The catalogue of questions")
async def queries(request: Request, service: Shared) -> Response:
    """Every question with its parameters and columns."""
    chosen = wanted_format(request, TABLE)
    items = [describe_query(query) for query in catalogue().values()]
    rows = [{name: item[name] for name in _COLUMNS} for item in items]
    body = {"items": items, "total": len(items), "release": service.release.id}
    content = ResponseContent("Questions", body, rows, _COLUMNS, template="queries.html")
    return reply(request, chosen, content)


@router.get("/queries/{name}", summary="One question of the catalogue")
async def one_query(request: Request, service: Shared, name: str) -> Response:
    """Answer the question; without the parameters that it needs, say what it asks."""
    query = find_query(name)
    given = read_request(request, service, query.parameters)
    gives_triples = inspect_query(query.text).gives_triples
    chosen = wanted_format(request, RDF if gives_triples else TABLE)
    body: dict[str, Json] = describe_query(query)
    missing = query.missing(given)
    if missing and not given and chosen in _DESCRIBED:
        return reply(request, chosen, ResponseContent(query.title, body, template="query.html"))
    if missing:
        needed = "; ".join(f"{parameter.name}, the {parameter.meaning}" for parameter in missing)
        raise WrongParameter(
            f"the question {name} needs {needed}", None, [parameter.name for parameter in missing]
        )
    text = query.bind(given)
    if gives_triples:
        answer = await service.engine.answer(Question(text, RDF[chosen]))
        return Response(answer, media_type=RDF[chosen], headers={"Vary": "Accept"})
    columns, rows = await select(service.engine, text)
    items = [{column: plain(row.get(column)) for column in columns} for row in rows]
    body |= {"given": given, "columns": columns, "items": items, "total": len(items)}
    body |= {"release": service.release.id, "coverage": service.coverage()}
    content = ResponseContent(query.title, body, items, columns, template="query.html")
    return reply(request, chosen, content)


def plain(term: TermJson | None) -> Json:
    """Return a term as a value of JSON: numbers and truths as such, everything else as text."""
    if term is None:
        return None
    return literal_value(term.get("datatype", ""), term["value"])
