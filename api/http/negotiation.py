"""Which format an answer takes: by the suffix of the address, or else by the Accept header."""

from collections.abc import Mapping
from functools import lru_cache

from fastapi import Request

from ontology.errors import NotAcceptable
from queries.engine.formats import DATASET_FORMATS
from queries.engine.interface import GRAPH_FORMATS

QUERY_RDF: dict[str, str] = {suffix: media_type for media_type, suffix in GRAPH_FORMATS.items()}
QUADS: dict[str, str] = {suffix: QUERY_RDF[suffix] for suffix in DATASET_FORMATS}
RDF: dict[str, str] = {
    suffix: media_type for suffix, media_type in QUERY_RDF.items() if suffix not in QUADS
}
SVG = "image/svg+xml"
THING: dict[str, str] = {"json": "application/json", "html": "text/html"} | RDF
LIST: dict[str, str] = THING | {"csv": "text/csv"}
TABLE: dict[str, str] = {"json": "application/json", "html": "text/html", "csv": "text/csv"}
PAGE: dict[str, str] = {"html": "text/html"}
"""Offers: media type by suffix, the first one for a client without a wish."""

_SUFFIXES = frozenset(LIST) | frozenset(QUADS) | {"atom", "xml", "tsv"}
_WITHOUT_SUFFIX = "/static/", "/openapi.json"
"""Addresses that end as they do and not in a format."""
_SAME_WITH_SLASH = "/sparql", "/graphs"
"""Addresses of the protocols; many clients, and the tests of the W3C, write them with a slash."""


def split_suffix(path: str) -> tuple[str, str | None]:
    """Return an address without its format suffix, and the suffix if it has one.

    >>> split_suffix("/requirements.csv"), split_suffix("/doc/requirement/WOR-2017-02/7.d.ii")
    (('/requirements', 'csv'), ('/doc/requirement/WOR-2017-02/7.d.ii', None))
    """
    if path.endswith("/") and path[:-1] in _SAME_WITH_SLASH:
        return path[:-1], None
    stem, dot, suffix = path.rpartition(".")
    if (
        dot
        and suffix in _SUFFIXES
        and stem not in ("", "/")
        and not path.startswith(_WITHOUT_SUFFIX)
    ):
        return stem, suffix
    return path, None


def wanted_format(request: Request, offered: Mapping[str, str]) -> str:
    """Return the suffix of the format to answer in.

    Raises: NotAcceptable, listing what is offered.
    """
    suffix: str | None = request.scope.get("suffix")
    if suffix is None:
        return negotiate(request.headers.get("accept"), offered)
    if suffix not in offered:
        raise NotAcceptable(f"this is not offered as .{suffix}", f".{suffix}", _by_suffix(offered))
    return suffix


def negotiate(accept: str | None, offered: Mapping[str, str]) -> str:
    """Return the suffix of the offer that an Accept header likes best (RFC 9110, section 12.5.1).

    Raises: NotAcceptable, listing what is offered.

    >>> negotiate("text/html;q=0.8, text/turtle", THING)
    'ttl'
    """
    best = _best(accept or "*/*", tuple(offered.items()))
    if best is None:
        raise NotAcceptable(
            f"none of the formats here fits {accept!r}", accept, list(offered.values())
        )
    return best


@lru_cache(maxsize=500)
def _best(accept: str, offered: tuple[tuple[str, str], ...]) -> str | None:
    wishes = [wish for part in accept.split(",") if (wish := _wish(part))]
    qualities = {suffix: _quality(media_type, wishes) for suffix, media_type in offered}
    best = max(qualities, key=lambda suffix: qualities[suffix])
    return best if qualities[best] > 0 else None


def _wish(part: str) -> tuple[str, float] | None:
    """Return media range and quality of one part of an Accept header; none if malformed."""
    media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                quality = float(value)
            except ValueError:
                return None
    return (media_range, quality) if media_range.count("/") == 1 and 0 <= quality <= 1 else None


def _quality(media_type: str, wishes: list[tuple[str, float]]) -> float:
    for media_range in (media_type, f"{media_type.partition('/')[0]}/*", "*/*"):
        found = [quality for name, quality in wishes if name == media_range]
        if found:
            return max(found)
    return 0.0


def _by_suffix(offered: Mapping[str, str]) -> list[str]:
    return [f".{suffix}" for suffix in offered]
