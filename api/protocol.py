"""Read what a request to the SPARQL 1.1 Protocol asks: the query, its dataset and its format."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote_to_bytes

from fastapi import Request

from ontology.errors import QueryRefused, RequestTooLong, WrongMediaType, WrongParameter

FORM, QUERY_TEXT = "application/x-www-form-urlencoded", "application/sparql-query"
BODY_BYTES_PER_CHARACTER = 12
"""Most bytes that one character of a query can take in a form: four, each as %XX."""
QUERY_ALONE = b"query="


@dataclass(frozen=True)
class Asked:
    """What a request asks: the query, its dataset, and the format by name."""

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None


async def read_asked(request: Request, query_characters: int) -> Asked:
    """Return what a request asks.

    In: the longest query that is accepted.
    Raises: WrongMediaType, WrongParameter, RequestTooLong, QueryRefused.
    """
    given: bytes = request.scope["query_string"]
    if request.method == "GET":
        if given.startswith(QUERY_ALONE) and b"&" not in given:
            # The shortest way for what nearly every client sends.
            words = unquote_to_bytes(given[len(QUERY_ALONE) :].replace(b"+", b" "))
            return _checked(Asked(_decoded(words)), query_characters)
        return _checked(_read_pairs(_pairs(given)), query_characters)
    return _checked(await _posted(request, query_characters), query_characters)


async def _posted(request: Request, query_characters: int) -> Asked:
    """Return what the body of a request asks, with what its address adds."""
    pairs = _pairs(request.scope["query_string"])
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in (FORM, QUERY_TEXT):
        raise WrongMediaType(
            f"the body is {media_type or 'of no stated type'}; post {QUERY_TEXT} or {FORM}",
            media_type,
            [QUERY_TEXT, FORM],
        )
    content = await _body(request, query_characters)
    if media_type == FORM:
        return _read_pairs([*pairs, *_pairs(content)], must_ask=True)
    if any(name == "query" for name, _ in pairs):
        raise WrongParameter(
            "query: it is given both in the address and as the body", "query", ["one query"]
        )
    return _read_pairs([*pairs, ("query", _decoded(content))], must_ask=True)


def _checked(asked: Asked, query_characters: int) -> Asked:
    """Return what is asked if it is not too long."""
    if asked.query is not None and len(asked.query) > query_characters:
        limit = f"{query_characters:,} characters"
        raise RequestTooLong(
            f"the query is longer than {limit}", None, [f"a query of at most {limit}"]
        )
    return asked


def _pairs(form: bytes) -> list[tuple[str, str]]:
    """Return the names and values of a form, or of the query of an address."""
    try:
        return parse_qsl(_decoded(form), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise WrongParameter("a value is not UTF-8", None, ["UTF-8"]) from None


def _decoded(content: bytes) -> str:
    """Return bytes as text."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise WrongParameter("the query is not UTF-8", None, ["UTF-8"]) from None


async def _body(request: Request, query_characters: int) -> bytes:
    """Return the body of a request, and stop reading above the limit."""
    limit = query_characters * BODY_BYTES_PER_CHARACTER
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
    return bytes(content)


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
