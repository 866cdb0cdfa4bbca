"""Read what a request to the SPARQL 1.1 Protocol asks: the query, its dataset and its format."""

from dataclasses import dataclass

import pyoxigraph as ox
from fastapi import Request

from api.http.forms import pairs_of, read_body, unescaped
from api.http.request_head import check_media_type, media_type_of
from ontology.errors import (
    QueryRefused,
    RequestTooLong,
    WrongMediaType,
    WrongParameter,
)

PATH, METHODS = "/sparql", ("GET", "POST")
_UPDATES = "update", "using-graph-uri", "using-named-graph-uri"
_UPDATE_TEXT = "application/sparql-update"
_BYTE_ORDER_MARK = "\ufeff"
_FORM, _QUERY_TEXT = "application/x-www-form-urlencoded", "application/sparql-query"
BODY_BYTES_PER_CHARACTER = 12
"""Most bytes that one character of a query can take: in a form four, each as %XX; in JSON two
escapes."""
ASKED = "council-interventions.asked"
"""Where the text of a query is left, in the scope of its request, for the page of an error."""
_QUERY_ALONE = b"query="
_GRAPH_PARAMETERS = "default", "graph"


@dataclass(frozen=True)
class SparqlRequest:
    """What a request asks: the query, its dataset, and the format by name.

    In: the name of a question of the catalogue that a person wants to see in the form.
    """

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None
    example: str | None = None


async def read_asked(request: Request, query_characters: int) -> SparqlRequest:
    """Return what a request asks.

    In: the longest query that is accepted.
    Raises: WrongMediaType, WrongParameter, RequestTooLong, QueryRefused.
    """
    given: bytes = request.scope["query_string"]
    if request.method == "GET":
        if given.startswith(_QUERY_ALONE) and b"&" not in given:
            # The shortest way for what nearly every client sends.
            words = unescaped(given[len(_QUERY_ALONE) :])
            asked = SparqlRequest(without_mark(_decoded(words)))
        else:
            asked = _read_pairs(pairs_of(given))
    else:
        asked = await _posted(request, query_characters)
    checked = _checked(asked, query_characters)
    request.scope[ASKED] = checked.query
    return checked


def without_mark(query: str) -> str:
    """Return a query without the byte order mark that some editors write before a text."""
    return query.removeprefix(_BYTE_ORDER_MARK)


async def _posted(request: Request, query_characters: int) -> SparqlRequest:
    pairs = pairs_of(request.scope["query_string"])
    media_type, charset = media_type_of(request.headers.get("content-type", ""))
    if media_type == _UPDATE_TEXT:
        raise WrongMediaType(
            f"the body is {media_type}; this service is read-only and takes queries only",
            media_type,
            [_QUERY_TEXT, _FORM],
        )
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise WrongMediaType(
            f"the body is in {charset}; a query is read as UTF-8", charset, ["charset=utf-8"]
        )
    check_media_type(media_type, [_QUERY_TEXT, _FORM])
    content = await read_body(request, query_characters * BODY_BYTES_PER_CHARACTER)
    if media_type == _FORM:
        return _read_pairs([*pairs, *pairs_of(content)], must_ask=True)
    if any(name == "query" for name, _ in pairs):
        raise WrongParameter(
            "query: it is given both in the address and as the body", "query", ["one query"]
        )
    return _read_pairs([*pairs, ("query", _decoded(content))], must_ask=True)


def _checked(asked: SparqlRequest, query_characters: int) -> SparqlRequest:
    if asked.query is not None and len(asked.query) > query_characters:
        limit = f"{query_characters:,} characters"
        raise RequestTooLong(
            f"the query is longer than {limit}", None, [f"a query of at most {limit}"]
        )
    return asked


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise WrongParameter("the query is not UTF-8", None, ["UTF-8"]) from None


def _read_pairs(pairs: list[tuple[str, str]], must_ask: bool = False) -> SparqlRequest:
    """Return what pairs of names and values ask; other names are ignored: clients add their own.

    Of several formats the first is taken, for SPARQLWrapper gives two names of one.
    """
    for name, _ in pairs:
        if name in _UPDATES:
            raise QueryRefused(f"{name}: this service is read-only and takes queries only")
    queries = [without_mark(value) for name, value in pairs if name == "query"]
    formats = [value for name, value in pairs if name == "format" and value]
    if len(queries) > 1:
        raise WrongParameter("query: it can be given once only", None, ["one query"])
    if must_ask and not queries:
        raise WrongParameter("query: it is missing", None, ["a query in SPARQL 1.1"])
    default, named = _graphs(pairs, "default-graph-uri"), _graphs(pairs, "named-graph-uri")
    return SparqlRequest(
        queries[0] if queries else None,
        default,
        named,
        formats[0] if formats else None,
        next((value for name, value in pairs if name == "example"), None),
    )


def _graphs(pairs: list[tuple[str, str]], parameter: str) -> tuple[str, ...]:
    """Return the graphs that a parameter names.

    A client that escapes the signs between several of them as well, as one test of the W3C does,
    sends all as the value of the first.
    """
    values = [value for name, value in pairs if name == parameter]
    return tuple(graph for value in values for graph in value.split(f"&{parameter}="))


def graph_asked(given: bytes) -> str | None:
    """Return the graph that a request to the Graph Store names; the default graph is the empty one.

    Raises: WrongParameter for anything else than one graph, or none.

    >>> graph_asked(b"default"), graph_asked(b"graph=http%3A%2F%2Fx%2Fg"), graph_asked(b"")
    ('', 'http://x/g', None)
    """
    pairs = pairs_of(given)
    wrong = next((name for name, _ in pairs if name not in _GRAPH_PARAMETERS), None)
    if wrong is not None:
        raise WrongParameter(f"{wrong}: it is not known here", wrong, list(_GRAPH_PARAMETERS))
    if len(pairs) > 1:
        raise WrongParameter("it names more than one graph", None, ["default", "one graph"])
    if not pairs:
        return None
    name, value = pairs[0]
    if name == "default":
        return ""
    try:
        ox.NamedNode(value)
    except ValueError:
        raise WrongParameter(
            f"graph: {value!r} is not an absolute address", value, ["an absolute IRI"]
        ) from None
    return value
