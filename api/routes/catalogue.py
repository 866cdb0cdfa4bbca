"""The catalogue of questions: what each asks, and its answer for given parameters."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.hosting.state import Service, Shared
from api.http.negotiation import LIST, RDF, wanted_format
from api.http.public_address import origin_of
from api.http.responses import ResponseContent, reply
from api.routes.filters import read_request
from api.routes.list_endpoint import covered
from api.routes.reference.feeds import LIST_OR_FEED, answer_feed
from api.routes.shown.choosers import choosers
from api.views.catalogue_triples import catalogue_triples
from api.views.description import Description, gather
from api.views.serialisers import Json
from ontology.errors import WrongParameter
from queries.catalogue import CatalogueQuery, catalogue, find_query
from queries.columns import columns_of
from queries.engine.interface import Question, select
from queries.json_values import plain_rows
from queries.parameters import source_of_values
from queries.sparql.query_inspection import inspect_query

router = APIRouter()

_DESCRIBED = "json", "html"
"""Formats in which a question without its parameters is described; a table would be empty."""

_MOST_NAMED = 2_000
"""Of more things on one page the names are not looked up."""
_COLUMNS = "id", "title", "question", "columns"
"""Columns of the table of the questions."""


def describe_query(
    service: Service, query: CatalogueQuery, council: str | None = None
) -> dict[str, Json]:
    """Return what a question asks, what it needs, what its answer means, and where to ask it.

    In: the code of the council that it is asked about, if it is one.
    """
    return {
        "id": query.name,
        "number": query.number,
        "title": query.title,
        "question": query.question,
        "parameters": [
            asdict(parameter) | {"values": source_of_values(parameter.type)}
            for parameter in query.parameters
        ],
        "columns": list(query.columns),
        "column_meanings": [asdict(column) for column in columns_of(query)],
        "notes": list(query.notes),
        "topics": list(query.topics),
        "caveat": service.reach.caveat(query.topics, covered(service, council)),
        "address": f"/queries/{query.name}",
        "sparql": query.text,
    }


@router.get("/queries", summary="The catalogue of questions")
async def queries(request: Request, service: Shared) -> Response:
    """Every question with its parameters and columns."""
    chosen = wanted_format(request, LIST)
    known = list(catalogue().values())
    if chosen in RDF:
        return described_in_rdf(request, chosen, known)
    items = [describe_query(service, query) for query in known]
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
    chosen = wanted_format(request, RDF if gives_triples else LIST_OR_FEED)
    if chosen in RDF and not gives_triples:
        return described_in_rdf(request, chosen, [query])
    body: dict[str, Json] = describe_query(service, query, given.get("council"))
    form = await _form(service, query) if chosen == "html" else {}
    if query.missing(given) and not given and chosen in _DESCRIBED:
        content = ResponseContent(query.title, body | form, template="query.html")
        return reply(request, chosen, content)
    text = bound(query, given)
    if gives_triples:
        answer = await service.engine.answer(Question(text, RDF[chosen]))
        return Response(answer, media_type=RDF[chosen], headers={"Vary": "Accept"})
    columns, items = await rows_of(service, query, text)
    if chosen == "atom":
        labels = await labels_of(service, items)
        return await answer_feed(request, service, query, items, labels)
    body |= {"sparql": query.asked(given)}
    body |= {"given": given, "columns": columns, "items": items, "total": len(items)}
    body |= {"release": service.release.id, "coverage": service.coverage()}
    form |= {"labels": await labels_of(service, items)} if chosen == "html" else {}
    content = ResponseContent(query.title, body | form, items, columns, template="query.html")
    return reply(request, chosen, content)


async def labels_of(service: Service, items: Sequence[Mapping[str, Json]]) -> Mapping[str, str]:
    """Return what the things in an answer are called, by their addresses.

    In: rows, of which a value may hold several addresses with spaces between them.
    """
    texts = (value for row in items for value in row.values() if isinstance(value, str))
    found = (one for text in texts if text.startswith("http") for one in text.split())
    named = list(dict.fromkeys(found))[:_MOST_NAMED]
    names = Description(await gather(service.engine, "names_of", named))
    return {iri: label for iri in named if (label := names.label(iri))}


async def _form(service: Service, query: CatalogueQuery) -> dict[str, Json]:
    """Return what the page of a question shows to choose its parameters from."""
    has_council = any(one.type == "council" for one in query.parameters)
    return {
        "filters": query.parameters,
        "choices": await choosers(service, query.parameters),
        "names": sorted({*service.reach.councils.values()}) if has_council else (),
    }


def described_in_rdf(request: Request, chosen: str, queries: Sequence[CatalogueQuery]) -> Response:
    """Answer with questions as SPARQL editors read examples of queries; none is asked."""
    triples = catalogue_triples(origin_of(request.scope), queries)
    return reply(request, chosen, ResponseContent("Questions", None, triples=triples))


def bound(query: CatalogueQuery, given: Mapping[str, str]) -> str:
    """Return the text of a question with its parameters.

    Raises: WrongParameter, naming every parameter that is missing.
    """
    missing = query.missing(given)
    if missing:
        needed = "; ".join(f"{parameter.name}: {parameter.meaning}" for parameter in missing)
        names = [parameter.name for parameter in missing]
        raise WrongParameter(f"the question {query.name} needs {needed}", None, names)
    return query.bind(given)


async def rows_of(
    service: Service, query: CatalogueQuery, text: str
) -> tuple[list[str], list[Mapping[str, Json]]]:
    """Return the columns and the rows that answer a question, as values of JSON.

    In: the question, and its text with what was bound.
    """
    columns, rows = await select(service.engine, text, query.text)
    return columns, plain_rows(columns, rows)
