"""Write an answer in the format that was chosen: JSON, CSV, RDF, or a page."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pyoxigraph as ox
from fastapi import Request
from starlette.responses import Response

from api.http.negotiation import LIST, RDF
from api.http.templating import page
from api.views.serialisers import Json
from ontology.namespaces import PREFIXES
from queries.engine.formats import RDF_FORMATS
from queries.engine.xml_check import checked_xml

_MARK = "\ue000"
"""A character for private use, which no text of a source has."""
_MARKED = re.compile(f'"{_MARK}(-?[0-9.]+){_MARK}"')


@dataclass(frozen=True)
class ResponseContent:
    """An answer before it has a format.

    In: `body` is the JSON; `items` are the rows of a CSV, and `columns` its columns, the same
    whatever the rows are; `triples` the graph; `template` the page.
    """

    title: str
    body: Json
    items: Sequence[Mapping[str, Json]] = ()
    columns: Sequence[str] = ()
    triples: Sequence[ox.Triple] = ()
    template: str = "thing.html"
    headers: Mapping[str, str] = field(default_factory=dict)


def reply(request: Request, chosen: str, content: ResponseContent) -> Response:
    """Return an answer in the chosen format."""
    headers = {"Vary": "Accept", **content.headers}
    media_type = LIST[chosen]
    if chosen == "json":
        return Response(as_json(content.body), headers=headers, media_type=media_type)
    if chosen == "html":
        text = page(content.template, request, title=content.title, body=content.body)
        return Response(text, headers=headers, media_type=media_type)
    if chosen == "csv":
        return Response(
            as_csv(content.items, content.columns), headers=headers, media_type=media_type
        )
    return Response(as_rdf(content.triples, chosen), headers=headers, media_type=RDF[chosen])


def as_json(body: Json) -> str:
    """Return JSON as a person can read it; a decimal number has the digits that are stated.

    >>> as_json([Decimal("1032.50"), Decimal("700")]).split()
    ['[', '1032.50,', '700', ']']
    """
    text = json.dumps(body, ensure_ascii=False, indent=2, default=_marked)
    return _MARKED.sub(r"\1", text) + "\n"


def _marked(value: object) -> str:
    """Return a decimal number as a text that is told apart; the module json knows floats only."""
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} has no form in JSON; expected a number or a text")
    return f"{_MARK}{value:f}{_MARK}"


def as_rdf(triples: Sequence[ox.Triple], suffix: str) -> bytes:
    """Return triples in a format of RDF, with the prefixes of the project.

    Raises: QueryRefused for what RDF/XML cannot say.
    """
    prefixes = None if suffix == "nt" else PREFIXES
    body = ox.serialize(triples, format=RDF_FORMATS[suffix], prefixes=prefixes)
    return checked_xml(body or b"", RDF[suffix])


def as_csv(items: Sequence[Mapping[str, Json]], columns: Sequence[str]) -> str:
    """Return objects as CSV (RFC 4180), a row each; several values have "; " between.

    In: the columns, which do not depend on the rows; what an object has is in one of them.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    for item in items:
        cells = flatten(item)
        writer.writerow({name: text for name, text in cells.items() if text or name in columns})
    return out.getvalue()


def flatten(item: Mapping[str, Json]) -> dict[str, str]:
    """Return an object as columns; a reference gives its identifier and its name.

    >>> flatten({"council": {"id": "NFK", "iri": "x", "label": "Norfolk"}, "n": [1, 2]})
    {'council': 'NFK', 'council_label': 'Norfolk', 'n': '1; 2'}
    """
    columns: dict[str, str] = {}
    for key, value in item.items():
        if isinstance(value, Mapping) and "iri" in value and "label" in value:
            columns |= {key: _cell(value["id"]), f"{key}_label": _cell(value["label"])}
        elif isinstance(value, Mapping):
            columns |= {f"{key}_{name}": text for name, text in flatten(value).items()}
        else:
            columns[key] = _cell(value)
    return columns


def _cell(value: Json) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return _cell(value.get("id") or value.get("words"))
    if isinstance(value, list):
        return "; ".join(_cell(part) for part in value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value).lower() if isinstance(value, bool) else str(value)
