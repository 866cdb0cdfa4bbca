"""The Reconciliation API 0.2: a column of names becomes a column of register codes."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.hosting.state import Service, Shared
from api.http.forms import pairs_of, read_body
from api.http.public_address import origin_of
from api.http.request_head import check_media_type, media_type_of
from api.http.responses import as_json
from api.http.templating import page
from api.routes.filters import check_texts
from api.views.reconciliation import (
    QUERY_PROPERTIES,
    TYPES,
    candidate,
    described,
    extended,
    manifest,
    proposed,
    suggestion,
    types,
)
from api.views.serialisers import Json
from ontology.errors import NotFound, WrongParameter
from ontology.namespaces import NS
from queries.search.councils import CouncilEntry
from queries.search.reconciliation import PROPERTIES, reconcile

router = APIRouter()

_FORM = "application/x-www-form-urlencoded"
_BODY_BYTES = 2**20
_MOST_QUERIES = 500
_MOST_CANDIDATES = 100
_USUAL_CANDIDATES = 5
_MOST_SUGGESTED = 10
# A page that shows a preview has another address than this service.
_IN_A_FRAME = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
)


@router.get("/reconcile", summary="Reconciliation API 0.2")
async def reconcile_by_get(request: Request, service: Shared) -> Response:
    """Answer the queries in the address; without any, describe the service."""
    return await _answer(request, service, pairs_of(request.scope["query_string"]))


@router.post("/reconcile", summary="Reconciliation API 0.2")
async def reconcile_by_post(request: Request, service: Shared) -> Response:
    """Answer the queries in a form."""
    media_type, _ = media_type_of(request.headers.get("content-type", ""))
    check_media_type(media_type, [_FORM])
    pairs = pairs_of(await read_body(request, _BODY_BYTES))
    if not {"queries", "extend"} & dict(pairs).keys():
        raise _wrong("the body", None, "a form with queries or extend")
    return await _answer(request, service, pairs)


async def _answer(request: Request, service: Service, pairs: list[tuple[str, str]]) -> Response:
    """Answer what is asked; other parameters are ignored, for clients add their own."""
    given = dict(pairs)
    if "queries" in given:
        return _json(await asyncio.to_thread(_reconciled, service, given["queries"]))
    if "extend" in given:
        return _json(_extended(service, given["extend"]))
    return _json(manifest(origin_of(request.scope), service.release.id))


def _json(body: Json) -> Response:
    return Response(as_json(body), media_type="application/json")


def _reconciled(service: Service, text: str) -> dict[str, Json]:
    batch = _object("queries", text)
    if len(batch) > _MOST_QUERIES:
        raise _wrong("queries", str(len(batch)), f"at most {_MOST_QUERIES} queries at once")
    return {key: _one(service, f"queries.{key}", query) for key, query in batch.items()}


def _one(service: Service, place: str, query: Json) -> dict[str, Json]:
    """Return the candidates of one query; `notes` say what of it could not be used, if anything.

    A cell of a table that cannot be used would, as an error, lose the other names of a batch.
    """
    if not isinstance(query, dict):
        raise _wrong(place, query, "an object with query, and perhaps type, limit, properties")
    text = query.get("query", "")
    if not isinstance(text, str):
        raise _wrong(f"{place}.query", text, "a text")
    given = _properties(f"{place}.properties", query.get("properties", []))
    if "query" not in query and not given:
        raise _wrong(place, None, "query, or properties with at least one value")
    limit = query.get("limit", _USUAL_CANDIDATES)
    is_number = isinstance(limit, int | float) and not isinstance(limit, bool)
    if not is_number or not 1 <= limit <= _MOST_CANDIDATES or limit % 1:
        raise _wrong(f"{place}.limit", limit, f"a whole number from 1 to {_MOST_CANDIDATES}")
    kinds = _kinds(f"{place}.type", query.get("type", []))
    if kinds == []:
        known = ", ".join(TYPES)
        return {"result": [], "notes": [f"type: nothing of it is here; expected one of {known}"]}
    found = reconcile(service.councils, text, given, kinds or (), int(limit))
    notes = {"notes": [*found.notes]} if found.notes else {}
    return {"result": [candidate(one) for one in found.candidates]} | notes


def _kinds(place: str, wanted: Json) -> list[str] | None:
    """Return the types that are wanted and known here; none if no type is."""
    listed = [wanted] if isinstance(wanted, str) else wanted
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise _wrong(place, wanted, f"a type or several, of {', '.join(TYPES)}")
    names = [one.removeprefix(str(NS)).lower() for one in listed if one]
    return [one for one in names if one in TYPES] if names else None


def _properties(place: str, listed: Json) -> dict[str, list[str]]:
    """Return the values of each property of a query."""
    if not isinstance(listed, list):
        raise _wrong(place, listed, "a list of objects with pid and v")
    found: dict[str, list[str]] = {}
    for one in listed:
        if not isinstance(one, dict) or not isinstance(one.get("pid"), str) or "v" not in one:
            raise _wrong(place, one, "an object with pid and v")
        values = one["v"] if isinstance(one["v"], list) else [one["v"]]
        found.setdefault(one["pid"], []).extend(_text(value) for value in values)
    return {name: [value for value in values if value] for name, values in found.items()}


def _text(value: Json) -> str:
    """Return a value of a property as text; of a thing, its identifier."""
    if isinstance(value, dict):
        value = value.get("id")
    return "" if value is None else str(value)


def _extended(service: Service, text: str) -> dict[str, Json]:
    asked = _object("extend", text)
    ids, wanted = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise _wrong("extend.ids", ids, "a list of register codes")
    if not isinstance(wanted, list) or not all(isinstance(one, dict) for one in wanted):
        raise _wrong("extend.properties", wanted, "a list of objects with id")
    names = [str(one.get("id")) for one in wanted]
    for name in names:
        if name not in PROPERTIES:
            raise WrongParameter(
                f"extend.properties: {name!r} is no property of a council", name, [*PROPERTIES]
            )
    return extended(service.councils, ids, names)


def _object(name: str, text: str) -> dict[str, Any]:
    """Return the object that a parameter holds.

    Raises: WrongParameter for what is not JSON, or no object.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _wrong(name, text, f"JSON ({type(error).__name__})") from None
    if not isinstance(found, dict):
        raise _wrong(name, text, "a JSON object")
    return found


def _wrong(place: str, value: Json, expected: str) -> WrongParameter:
    shown = value if isinstance(value, str) or value is None else json.dumps(value)
    return WrongParameter(f"{place}: expected {expected}", shown, [expected])


@router.get("/reconcile/suggest/entity", summary="Complete the name of a council")
async def suggest_entity(request: Request, service: Shared) -> Response:
    """Answer councils whose name has a text within, after those that it may mean."""
    prefix = _prefix(request)
    entries = service.councils.entries
    found = [one.entry.code for one in service.councils.match(prefix).candidates if one.score >= 60]
    codes = dict.fromkeys([*found, *service.councils.containing(prefix)] if prefix else ())
    ordered = [entries[code] for code in codes][:_MOST_SUGGESTED]
    return _json({"result": [suggestion(entry) for entry in ordered]})


@router.get("/reconcile/suggest/property", summary="Complete the name of a property")
async def suggest_property(request: Request, service: Shared) -> Response:
    """Answer properties that a query may have beside a name."""
    names = _containing(_prefix(request), QUERY_PROPERTIES)
    result = [
        {"id": name, "name": name.replace("_", " "), "description": QUERY_PROPERTIES[name]}
        for name in names
    ]
    return _json({"result": result})


@router.get("/reconcile/suggest/type", summary="Complete the name of a type")
async def suggest_type(request: Request, service: Shared) -> Response:
    """Answer with what is reconciled here."""
    return _json({"result": types(_containing(_prefix(request), TYPES))})


@router.get("/reconcile/properties", summary="Properties that a table can be extended with")
async def propose_properties(request: Request, service: Shared) -> Response:
    """Answer with what is known of every council and authority."""
    check_texts(request.scope["query_string"])
    kind = request.query_params.get("type", "council")
    limit = request.query_params.get("limit", "")
    if limit and not (limit.isascii() and limit.isdecimal() and 1 <= int(limit[:9]) <= 1000):
        raise _wrong("limit", limit, "a whole number from 1 to 1000")
    names = [*PROPERTIES][: int(limit[:9]) if limit else None]
    return _json({"type": kind, "properties": proposed(names if kind in TYPES else ())})


@router.get("/reconcile/preview", summary="A council in a few lines")
async def preview(request: Request, service: Shared) -> Response:
    """Answer a small page that other programs show in a frame."""
    entry = _entry(request, service)
    text = page("preview.html", request, title=entry.name, entry=entry, words=described(entry))
    return Response(text, media_type="text/html", headers={"Content-Security-Policy": _IN_A_FRAME})


@router.get("/reconcile/flyout/entity", summary="A council in a few lines, as HTML within JSON")
async def flyout(request: Request, service: Shared) -> Response:
    """Answer what other programs show beside a suggestion."""
    entry = _entry(request, service)
    text = page("flyout.html", request, title=entry.name, entry=entry, words=described(entry))
    return _json({"id": entry.code, "html": text.strip()})


def _entry(request: Request, service: Service) -> CouncilEntry:
    check_texts(request.scope["query_string"])
    code = request.query_params.get("id", "")
    if code not in service.councils.entries:
        nearest = [one.code for one in service.councils.match(code).offered]
        raise NotFound(f"id: {code!r} is no register code; expected for example NFK", code, nearest)
    return service.councils.entries[code]


def _prefix(request: Request) -> str:
    check_texts(request.scope["query_string"])
    return request.query_params.get("prefix", "").strip()


def _containing(text: str, names: Mapping[str, str]) -> Sequence[str]:
    return [
        name
        for name, label in names.items()
        if text.casefold() in f"{name} {name.replace('_', ' ')} {label}".casefold()
    ]
