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
from starlette.types import Receive, Scope, Send

from api.http.negotiation import LIST, RDF, SVG
from api.http.representation import PIECES, Pieces
from api.http.templating import environment, page
from api.views.serialisers import Json
from ontology.namespaces import PREFIXES
from queries.engine.formats import RDF_FORMATS
from queries.engine.xml_check import checked_xml

_MARK = "\ud800"
"""Half of a character, which no text in UTF-8 can have, whoever sends it."""
_MARKED = re.compile(f'"{_MARK}(-?[0-9.]+){_MARK}"')
_FORMULA_SIGNS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""Signs at the beginning of a cell by which a spreadsheet may take it for a formula; the last four
are those of full width."""
# takes (fullmatch): "-12.5", "-3"
# leaves (fullmatch): "-", "-1+1", "+44"
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


OF_TODAY: Mapping[str, str] = {"Cache-Control": "public, no-cache"}
"""Header of what is so today: whoever keeps it asks each time whether it still is."""


@dataclass(frozen=True)
class ResponseContent:
    """An answer before it has a format.

    In: `body` is the JSON; `items` are the rows of a CSV, and `columns` its columns, the same
    whatever the rows are; `triples` the graph; `template` the page, and `is_dated` whether its
    address takes `known_at`.
    """

    title: str
    body: Json
    items: Sequence[Mapping[str, Json]] = ()
    columns: Sequence[str] = ()
    triples: Sequence[ox.Triple] = ()
    template: str = "thing.html"
    headers: Mapping[str, str] = field(default_factory=dict)
    is_dated: bool = False


class PiecesResponse(Response):
    """An answer that is too long to be held: it is made while it is sent.

    In: what yields its pieces, anew for each client; what its bytes depend on beside the release.
    """

    def __init__(
        self, pieces: Pieces, named: bytes, headers: Mapping[str, str], media_type: str
    ) -> None:
        super().__init__(headers=headers, media_type=media_type)
        self._message = {"type": PIECES, "pieces": pieces, "named": named}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the head on, and what makes the body."""
        head = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(head)
        await send(self._message)


def reply(request: Request, chosen: str, content: ResponseContent) -> Response:
    """Return an answer in the chosen format."""
    headers = {"Vary": "Accept", **content.headers}
    media_type = LIST[chosen]
    if chosen == "json":
        return Response(as_json(content.body), headers=headers, media_type=media_type)
    if chosen == "html":
        text = page(
            content.template,
            request,
            content.title,
            is_dated=content.is_dated,
            body=content.body,
        )
        return Response(text, headers=headers, media_type=media_type)
    if chosen == "csv":
        return Response(
            as_csv(content.items, content.columns), headers=headers, media_type=media_type
        )
    return Response(as_rdf(content.triples, chosen), headers=headers, media_type=RDF[chosen])


def picture_reply(
    template: str, values: Mapping[str, Json], headers: Mapping[str, str]
) -> Response:
    """Return a picture that stands alone, as SVG."""
    text = environment().get_template(template).render(values)
    return Response(text, headers=dict(headers), media_type=SVG)


def as_json(body: Json) -> str:
    r"""Return JSON as a person can read it; a decimal number has the digits that are stated.

    >>> as_json([Decimal("1032.50"), Decimal("700"), "\ue0001.2.3\ue000"]).split()
    ['[', '1032.50,', '700,', '"\ue0001.2.3\ue000"', ']']
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


def as_csv(
    items: Sequence[Mapping[str, Json]], columns: Sequence[str], *, has_head: bool = True
) -> str:
    """Return objects as CSV (RFC 4180), a row each; several values have "; " between.

    In: the columns, which do not depend on the rows; what an object has is in one of them.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if has_head:
        writer.writerow(columns)
    known = frozenset(columns)
    for item in items:
        cells = flatten(item)
        if strange := sorted(name for name in cells.keys() - known if cells[name]):
            raise ValueError(f"no column for {strange[0]}; there are {', '.join(columns)}")
        writer.writerow([harmless(cells.get(name, "")) for name in columns])
    return out.getvalue()


def harmless(text: str) -> str:
    """Return a cell with an apostrophe before it where a spreadsheet might run it as a formula.

    Source: OWASP, CSV Injection.

    >>> harmless("=1+1"), harmless("-12.5"), harmless("- not stated"), harmless("Norfolk")
    ("'=1+1", '-12.5', "'- not stated", 'Norfolk')
    """
    is_formula = text.startswith(_FORMULA_SIGNS) and not _NUMBER.fullmatch(text)
    return f"'{text}" if is_formula else text


def flatten(item: Mapping[str, Json]) -> dict[str, str]:
    """Return an object as columns; a reference gives its identifier and its name.

    >>> flatten({"council": {"id": "NFK", "iri": "x", "label": "Norfolk"}, "n": [1, 2]})
    {'council': 'NFK', 'council_label': 'Norfolk', 'n': '1; 2'}
    """
    columns: dict[str, str] = {}
    for key, value in item.items():
        # What has the form of JSON is told apart many times faster than what has that of a mapping.
        if not isinstance(value, dict):
            columns[key] = _cell(value)
        elif "iri" in value and "label" in value:
            columns[key] = _cell(value["id"])
            columns[f"{key}_label"] = _cell(value["label"])
        else:
            for name, text in flatten(value).items():
                # The address of a time is what no table needs.
                if name != "iri" or "edtf" not in value:
                    columns[f"{key}_{name}"] = text
    return columns


def _cell(value: Json) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return _cell(value.get("id") or value.get("words"))
    if isinstance(value, list):
        return "; ".join(_cell(part) for part in value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value).lower() if isinstance(value, bool) else str(value)
