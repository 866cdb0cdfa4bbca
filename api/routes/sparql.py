"""The SPARQL 1.1 Protocol, query operation only: nothing is ever changed."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.hosting.state import Service, Shared
from api.http.cache import Answer, PlainQuery
from api.http.negotiation import QUERY_RDF, RDF, negotiate, wanted_format
from api.http.public_address import origin_of
from api.http.representation import POLICY_WITH_SCRIPT
from api.http.responses import as_rdf
from api.http.sparql_request import PATH, SparqlRequest, read_asked, without_mark
from api.http.templating import page
from api.pages.results import ShownResults, addresses_in, shown_results
from api.routes.graph_store import NOT_KEPT, triple_counts
from api.views.description import Description, gather
from api.views.service_description import service_description
from ontology.errors import (
    NotAcceptable,
    QueryRefused,
    QueryTooLarge,
    RequestTooLong,
    WrongParameter,
)
from queries.catalogue import CatalogueQuery, catalogue, find_query
from queries.engine.interface import N_TRIPLES, RESULTS_JSON, TABLE_FORMATS, TURTLE, Gone, Question
from queries.lookups import answer as lookups
from queries.sparql.query_inspection import QueryInspection, inspect_query

router = APIRouter()

_LOOKED_AT_BESIDE_CHARACTERS = 10_000
"""Longer queries are looked at in a thread of their own, one after the other, so that nobody else
has to wait for it."""
_INSPECTION = ThreadPoolExecutor(1, thread_name_prefix="inspection")
_ROWS: dict[str, str] = {suffix: media_type for media_type, suffix in TABLE_FORMATS.items()} | {
    "html": "text/html"
}
_GRAPHS: dict[str, str] = QUERY_RDF | {"html": "text/html"}
_DESCRIPTION: dict[str, str] = RDF | {"html": "text/html"}
"""A client without a wish is a program: browsers wish for HTML."""
_TABLE_NAMES: dict[str, str] = {
    "application/json": "json",
    "application/xml": "xml",
    "sparql-results+json": "json",
    "sparql-results+xml": "xml",
    "srj": "json",
    "srx": "xml",
}
_GRAPH_NAMES: dict[str, str] = {
    "application/turtle": "ttl",
    "json": "jsonld",
    "json-ld": "jsonld",
    # Every Turtle document is one of N3, so a client that reads N3 reads it.
    "n3": "ttl",
    "text/n3": "ttl",
    "n-quads": "nq",
    "n-triples": "nt",
    "nquads": "nq",
    "ntriples": "nt",
    "rdf+xml": "rdf",
    "rdf-xml": "rdf",
    "rdfxml": "rdf",
    "turtle": "ttl",
    "xml": "rdf",
}
"""Names that clients give to formats beside their suffixes and media types."""
_PAGE_BYTES = 2**20


@router.get(PATH, summary="SPARQL query")
async def query_by_get(request: Request, service: Shared) -> Response:
    """Answer the query in the address; without one, describe the service."""
    return _response(await answer(request, service))


@router.post(PATH, summary="SPARQL query")
async def query_by_post(request: Request, service: Shared) -> Response:
    """Answer the query in the body: a form, or the query itself."""
    return _response(await answer(request, service))


def _response(found: Answer | Response) -> Response:
    """Return an answer for the framework, which is passed by on the way that is most travelled."""
    if isinstance(found, Response):
        return found
    return Response(found.body, media_type=found.media_type, headers={"Vary": "Accept"})


async def answer(request: Request, service: Service) -> Answer | Response:
    """Answer a query, or describe the service where there is none."""
    asked = await read_asked(request, service.settings.query_characters)
    if asked.query is None:
        return await _describe(request, service, asked)
    service.text_limits.check_graphs(asked.default_graphs, asked.named_graphs)
    seen = await _inspected(service, asked.query)
    offered = _GRAPHS if seen.gives_triples else _ROWS
    chosen = _chosen(request, asked, offered)
    is_page = chosen == "html"
    media_type = offered[chosen] if not is_page else TURTLE if seen.gives_triples else RESULTS_JSON
    dataset = asked.default_graphs, asked.named_graphs
    question = Question(asked.query, media_type, *dataset, seen)
    found = await answer_question(service, question, partial(client_gone, request))
    return await _page(request, service, question, found) if is_page else found


def look_up(service: Service, query: PlainQuery) -> Answer | None:
    """Answer a look-up that came by the fast path; None for what an engine has to answer."""
    if service.lookups is None or len(query.text) > service.settings.query_characters:
        return None
    accept = query.headers.get(b"accept", b"").decode("latin-1")
    try:
        media_type = _ROWS[_by_accept(accept, _ROWS)]
    except NotAcceptable:
        return None
    body = lookups.answer(service.lookups, query.text, media_type)
    return None if body is None else Answer(media_type, body, is_lasting=True)


async def answer_plain(service: Service, query: PlainQuery) -> Answer | None:
    """Answer a query that came by the fast path; None for what only the long way can answer."""
    if len(query.text) > service.settings.query_characters:
        return None
    text = without_mark(query.text)
    seen = await _inspected(service, text)
    offered = _GRAPHS if seen.gives_triples else _ROWS
    chosen = _by_accept(query.headers.get(b"accept", b"").decode("latin-1"), offered)
    if chosen == "html":
        return None
    question = Question(text, offered[chosen], inspection=seen)
    cached = service.answers.get((service.release.id, question))
    query.is_known = cached is not None
    return cached or await _asked(service, question, query.gone)


async def question_of(service: Service, text: str) -> Question:
    """Return what a text asks, as JSON, or as N-Triples where it gives triples.

    Raises: RequestTooLong, QueryRefused.
    """
    most = service.settings.query_characters
    if len(text) > most:
        limit = f"{most:,} characters"
        raise RequestTooLong(
            f"the query is longer than {limit}", None, [f"a query of at most {limit}"]
        )
    seen = await _inspected(service, without_mark(text))
    media_type = N_TRIPLES if seen.gives_triples else RESULTS_JSON
    return Question(without_mark(text), media_type, inspection=seen)


async def _inspected(service: Service, text: str) -> QueryInspection:
    try:
        if len(text) <= _LOOKED_AT_BESIDE_CHARACTERS:
            return inspect_query(text, service.text_limits)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(_INSPECTION, inspect_query, text, service.text_limits)
    except QueryRefused as error:
        service.observer.query_ended("visitors", text, error, 0.0)
        raise


async def answer_question(service: Service, question: Question, gone: Gone) -> Answer:
    """Answer a question with a visitor's limits.

    In: what ends when the client has gone.
    Raises: QueryRefused and the other errors of an engine.
    """
    cached = service.answers.get((service.release.id, question))
    return cached or await _asked(service, question, gone)


async def _asked(service: Service, question: Question, gone: Gone) -> Answer:
    """Return the engine's answer, and cache it if it is the same the next time."""
    body = await service.visitors.answer(question, gone)
    is_lasting = question.inspection is not None and question.inspection.is_lasting
    found = Answer(question.media_type, body, is_lasting)
    if found.is_lasting:
        service.answers.add((service.release.id, question), found)
    return found


async def client_gone(request: Request) -> None:
    """Wait until the client of a request has gone."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _chosen(request: Request, asked: SparqlRequest, offered: Mapping[str, str]) -> str:
    """Return the suffix of the format: by the parameter `format`, the suffix, or Accept."""
    if asked.format is None:
        if request.scope.get("suffix") is not None:
            return wanted_format(request, offered)
        return _by_accept(request.headers.get("accept", ""), offered)
    # A client that writes the plus sign of a media type as it is has sent a space.
    named = asked.format.lower().replace(" ", "+")
    wanted = (_TABLE_NAMES if offered is _ROWS else _GRAPH_NAMES).get(named, named)
    for suffix, media_type in offered.items():
        if wanted in (suffix, media_type):
            return suffix
    raise WrongParameter(
        f"format: {asked.format!r} is not offered for this query", asked.format, list(offered)
    )


def _by_accept(accept: str, offered: Mapping[str, str]) -> str:
    if offered is _ROWS and "application/json" in accept and RESULTS_JSON not in accept:
        return negotiate(accept, _ROWS | {"json": "application/json"})
    return negotiate(accept, offered)


async def _describe(request: Request, service: Service, asked: SparqlRequest) -> Response:
    chosen = _chosen(request, asked, _DESCRIPTION)
    if chosen == "html":
        return _filled(request, find_query(asked.example).text if asked.example else "")
    counts = await triple_counts(service)
    address = origin_of(request.scope) + PATH
    limits = service.limits, service.text_limits
    triples = service_description(address, limits, service.graphs, counts or {})
    body = as_rdf(triples, chosen)
    headers = {"Vary": "Accept"} | ({} if counts is not None else NOT_KEPT)
    return Response(body, media_type=RDF[chosen], headers=headers)


async def _page(request: Request, service: Service, question: Question, found: Answer) -> Response:
    if len(found.body) > _PAGE_BYTES:
        # Made into a page it would keep every other client waiting.
        raise QueryTooLarge(
            f"the answer has more than {_PAGE_BYTES:,} bytes, which no page shows; take another "
            "format, or add LIMIT"
        )
    if question.media_type == TURTLE:
        return _filled(request, question.text, turtle=found.body.decode())
    results = json.loads(found.body)
    names = Description(await gather(service.engine, "names_of", addresses_in(results)))
    return _filled(request, question.text, shown_results(results, names))


def _filled(
    request: Request, query: str, results: ShownResults | None = None, turtle: str | None = None
) -> Response:
    shown = {"text": query, "results": results, "turtle": turtle, "examples": _examples()}
    formats = () if turtle is None and results is None else _ROWS if turtle is None else _GRAPHS
    others = [suffix for suffix in formats if suffix != "html"]
    text = page("sparql.html", request, "SPARQL", is_dated=False, formats=others, **shown)
    headers = {"Vary": "Accept", "Content-Security-Policy": POLICY_WITH_SCRIPT}
    return Response(text, media_type="text/html", headers=headers)


@cache
def _examples() -> Sequence[CatalogueQuery]:
    """Return the questions of the catalogue that can be asked as they are."""
    return [query for query in catalogue().values() if not query.missing({})]
