"""Write an answer in the format that was chosen: JSON, CSV, RDF, or a page."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox
from fastapi import Request
from starlette.responses import Response

from api.http.negotiation import LIST, RDF
from api.http.templating import page
from api.views.serialisers import Json
from ontology.namespaces import PREFIXES
from queries.engine.formats import RDF_FORMATS
from queries.engine.xml_check import checked_xml


@dataclass(frozen=True)
class ResponseContent:
    """An answer before it has a format.

    In: `body` is the JSON; `items` are the rows of a CSV; `triples` the graph; `template` the page.
    """

    title: str
    body: Json
    items: Sequence[Mapping[str, Json]] = ()
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
        return Response(as_csv(content.items), headers=headers, media_type=media_type)
    return Response(as_rdf(content.triples, chosen), headers=headers, media_type=RDF[chosen])


def as_json(body: Json) -> str:
    """Return JSON as a person can read it."""
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def as_rdf(triples: Sequence[ox.Triple], suffix: str) -> bytes:
    """Return triples in a format of RDF, with the prefixes of the project.

    Raises: QueryRefused for what RDF/XML cannot say.
    """
    prefixes = None if suffix == "nt" else PREFIXES
    body = ox.serialize(triples, format=RDF_FORMATS[suffix], prefixes=prefixes)
    return checked_xml(body or b"", RDF[suffix])


def as_csv(items: Sequence[Mapping[str, Json]]) -> str:
    """Return objects as CSV (RFC 4180), a row each; several values have "; " between."""
    rows = [flatten(item) for item in items]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
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
    return str(value).lower() if isinstance(value, bool) else str(value)
