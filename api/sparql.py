"""The SPARQL 1.1 Protocol, query operation only: nothing is ever changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.formats import RDF, wanted_format
from api.replies import as_rdf
from api.service import Service, Shared
from api.service_description import service_description
from api.templating import page
from ontology.errors import QueryRefused, RequestTooLong, WrongMediaType, WrongParameter
from queries.engine import RESULTS_JSON, TABLE_FORMATS, TURTLE, Question
from queries.outline import outline

router = APIRouter()

FORM, QUERY_TEXT = "application/x-www-form-urlencoded", "application/sparql-query"
ROWS: dict[str, str] = {suffix: media_type for media_type, suffix in TABLE_FORMATS.items()} | {
    "html": "text/html"
}
GRAPHS: dict[str, str] = RDF | {"html": "text/html"}
DESCRIPTION: dict[str, str] = {"html": "text/html"} | RDF
GRAPH_NAMES: dict[str, str] = {
    "json": "jsonld",
    "json-ld": "jsonld",
    "n-triples": "nt",
    "rdf+xml": "rdf",
    "turtle": "ttl",
    "xml": "rdf",
}
"""Names that clients give to formats of triples, SPARQLWrapper among them."""
BODY_BYTES_PER_CHARACTER = 12
"""Most bytes that one character of a query can take in a form: four, each as %XX."""


@dataclass(frozen=True)
class Asked:
    """What a request asks: the query, its dataset, and the format by name."""

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None


@router.get("/sparql", summary="SPARQL query")
async def query_by_get(request: Request, service: Shared) -> Response:
    """Answer the query in the address; without one, describe the service."""
    return await answer(request, service)


@router.post("/sparql", summary="SPARQL query")
async def query_by_post(request: Request, service: Shared) -> Response:
    """Answer the query in the body: a form, or the query itself."""
    return await answer(request, service)


async def answer(request: Request, service: Service) -> Response:
    """Answer a query, or describe the service where there is none."""
    asked = await read_asked(request, service)
    if asked.query is None:
        return _describe(request, service)
    if len(asked.query) > service.settings.query_characters:
        limit = f"{service.settings.query_characters:,} characters"
        raise RequestTooLong(
            f"the query is longer than {limit}", None, [f"a query of at most {limit}"]
        )
    seen = outline(asked.query)
    offered = GRAPHS if seen.gives_triples else ROWS
    chosen = _chosen(request, asked, offered)
    if chosen == "html":
        return await _page(request, service, asked, seen.gives_triples)
    body = await _ask(service, _question(asked, offered[chosen]))
    return Response(body, media_type=offered[chosen], headers={"Vary": "Accept"})


def _chosen(request: Request, asked: Asked, offered: Mapping[str, str]) -> str:
    """Return the suffix of the format: by the parameter `format`, the suffix, or Accept."""
    if asked.format is None:
        likes_json = {"json": "application/json"} if "json" in offered else {}
        accept = request.headers.get("accept", "")
        if likes_json and "application/json" in accept and RESULTS_JSON not in accept:
            return wanted_format(request, dict(offered) | likes_json)
        return wanted_format(request, offered)
    wanted = GRAPH_NAMES.get(asked.format, asked.format) if offered is GRAPHS else asked.format
    for suffix, media_type in offered.items():
        if wanted in (suffix, media_type):
            return suffix
    raise WrongParameter(
        f"format: {asked.format!r} is not offered for this query", asked.format, list(offered)
    )


async def _ask(service: Service, question: Question) -> bytes:
    """Return the answer to a visitor's query, when it is its turn."""
    return await service.admission.run(lambda: service.engine.answer(question))


def _question(asked: Asked, media_type: str) -> Question:
    """Return the question for the engine."""
    return Question(asked.query or "", media_type, asked.default_graphs, asked.named_graphs)


async def read_asked(request: Request, service: Service) -> Asked:
    """Return what a request asks.

    Raises: WrongMediaType, WrongParameter, RequestTooLong, QueryRefused.
    """
    pairs = request.query_params.multi_items()
    if request.method == "GET":
        return _read_pairs(pairs)
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in (FORM, QUERY_TEXT):
        raise WrongMediaType(
            f"the body is {media_type or 'of no stated type'}; post {QUERY_TEXT} or {FORM}",
            media_type,
            [QUERY_TEXT, FORM],
        )
    text = await _body(request, service)
    if media_type == FORM:
        return _read_pairs([*pairs, *parse_qsl(text, keep_blank_values=True)], must_ask=True)
    if any(name == "query" for name, _ in pairs):
        raise WrongParameter(
            "query: it is given both in the address and as the body", "query", ["one query"]
        )
    return _read_pairs([*pairs, ("query", text)], must_ask=True)


async def _body(request: Request, service: Service) -> str:
    """Return the body of a request as text, and stop reading above the limit."""
    limit = service.settings.query_characters * BODY_BYTES_PER_CHARACTER
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > limit:
            raise RequestTooLong(
                f"the body is larger than {limit:,} bytes", None, [f"at most {limit:,} bytes"]
            )
    charset = request.headers.get("content-type", "").lower().partition("charset=")[2].strip(' ";')
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise WrongMediaType(
            f"the body is in {charset}; a query is read as UTF-8", charset, ["charset=utf-8"]
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise WrongParameter("the body is not UTF-8", None, ["UTF-8"]) from None


def _read_pairs(pairs: list[tuple[str, str]], must_ask: bool = False) -> Asked:
    """Return what pairs of names and values ask; other names are ignored: clients add their own."""
    for name, _ in pairs:
        if name in ("update", "using-graph-uri", "using-named-graph-uri"):
            raise QueryRefused(f"{name}: this service is read-only and takes queries only")
    queries = [value for name, value in pairs if name == "query"]
    formats = [value for name, value in pairs if name == "format" and value]
    if len(queries) > 1 or len(formats) > 1:
        raise WrongParameter(
            "query and format can be given once only", None, ["one query", "one format"]
        )
    if must_ask and not queries:
        raise WrongParameter("query: it is missing", None, ["a query in SPARQL 1.1"])
    default = tuple(value for name, value in pairs if name == "default-graph-uri")
    named = tuple(value for name, value in pairs if name == "named-graph-uri")
    return Asked(queries[0] if queries else None, default, named, formats[0] if formats else None)


def _describe(request: Request, service: Service) -> Response:
    """Return the form for people, or the description of the service for machines."""
    chosen = wanted_format(request, DESCRIPTION)
    if chosen == "html":
        text = page(
            "sparql.html", request, title="SPARQL", text="", columns=[], rows=None, turtle=None
        )
        return Response(text, media_type="text/html", headers={"Vary": "Accept"})
    body = as_rdf(service_description(service), chosen)
    return Response(body, media_type=RDF[chosen], headers={"Vary": "Accept"})


async def _page(request: Request, service: Service, asked: Asked, triples: bool) -> Response:
    """Return the page with the query and its answer as a table, or as Turtle."""
    body = await _ask(service, _question(asked, TURTLE if triples else RESULTS_JSON))
    columns, rows, turtle = [], [], None
    if triples:
        turtle = body.decode()
    else:
        results = json.loads(body)
        columns = results["head"].get("vars", ["answer"])
        rows = results.get("results", {}).get("bindings")
        if rows is None:
            rows = [{"answer": {"type": "literal", "value": str(results["boolean"]).lower()}}]
    text = page(
        "sparql.html",
        request,
        title="SPARQL",
        text=asked.query,
        columns=columns,
        rows=rows,
        turtle=turtle,
    )
    return Response(text, media_type="text/html", headers={"Vary": "Accept"})
