"""The search over everything: councils, people, powers, questions and documents."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.hosting.state import Service, Shared
from api.http.negotiation import TABLE, wanted_format
from api.http.paging import cut, next_link
from api.http.responses import ResponseContent, reply
from api.routes.filters import PAGING, page_limit, read_request
from api.routes.list_endpoint import envelope, page_headers
from api.views.serialisers import Json
from ontology.errors import WrongParameter
from queries.ask.matcher import Understood, understand
from queries.engine.interface import Row
from queries.parameters import Parameter
from queries.search.full_text import Hit
from queries.search.search_index import KINDS

router = APIRouter()

_Q = Parameter("q", "text", True, "a name, code, number or words, with or without a year")
_KIND = Parameter("kind", "text", True, f"kinds of things, of {', '.join(KINDS)}")
_COLUMNS = "kind", "id", "label", "address", "score", "because"
_LONGEST_CHARACTERS = 200
_DOCUMENTATION: dict[str, Any] = {
    "parameters": [
        {
            "name": name,
            "in": "query",
            "required": name == _Q.name,
            "description": meaning,
            "schema": schema,
        }
        for name, meaning, schema in (
            (_Q.name, _Q.meaning, {"type": "string", "maxLength": _LONGEST_CHARACTERS}),
            (_KIND.name, f"{_KIND.meaning}, with a comma between several", {"type": "string"}),
            ("limit", "most items on the page", {"type": "integer", "minimum": 1}),
            ("cursor", "from the link in next", {"type": "string"}),
        )
    ]
}


@router.get("/search", summary="Search everything", openapi_extra=_DOCUMENTATION)
async def search(request: Request, service: Shared) -> Response:
    """Find councils, people, powers, questions and documents, the best first."""
    chosen = wanted_format(request, TABLE)
    given = read_request(request, service, (_Q, _KIND), PAGING)
    text = given.get(_Q.name, "").strip()
    kinds = _kinds(given.get(_KIND.name))
    limit, after = page_limit(request, service), request.query_params.get("cursor")
    if len(text) > _LONGEST_CHARACTERS:
        accepted = f"at most {_LONGEST_CHARACTERS} characters"
        raise WrongParameter(f"q: it has {len(text):,}; expected {accepted}", text, [accepted])
    if not text and chosen != "html":
        raise WrongParameter(f"q is needed: {_Q.meaning}", None, [_Q.name])
    hits = await asyncio.to_thread(service.search.search, text, kinds) if text else []
    answer = await _answer(service, text) if chosen == "html" and text and not kinds else None
    return _reply(request, service, chosen, {**given, "answer": answer}, hits, (limit, after))


async def _answer(service: Service, text: str) -> Understood | None:
    """Return the question of the catalogue that answers what was typed, where it is understood."""
    today = datetime.now(UTC).date()
    found = await asyncio.to_thread(understand, text, service.names, today)
    return found if isinstance(found, Understood) else None


def grouped(items: Sequence[dict[str, Json]]) -> list[tuple[str, list[dict[str, Json]]]]:
    """Return what was found under its kinds: councils first, the others by the best of them."""
    found: dict[str, list[dict[str, Json]]] = {}
    for item in sorted(items, key=lambda item: item["kind"] != "council"):
        found.setdefault(item["kind"], []).append(item)
    return list(found.items())


def _kinds(text: str | None) -> list[str]:
    """Return the kinds that are wanted.

    Raises: WrongParameter for one that is not found here.
    """
    kinds = text.split(",") if text else []
    for kind in kinds:
        if kind not in KINDS:
            raise WrongParameter(
                f"kind: {kind!r} is not searched; expected {_KIND.meaning}", kind, KINDS
            )
    return kinds


def _reply(
    request: Request,
    service: Service,
    chosen: str,
    given: dict[str, Json],
    hits: list[Hit],
    page: tuple[int, str | None],
) -> Response:
    found = [_item(hit) for hit in hits]
    rows: list[Row] = [{"item": {"value": f"{item['kind']}/{item['id']}"}} for item in found]
    shown, following = cut(rows, *page)
    names = {row["item"]["value"] for row in shown}
    items = [item for item in found if f"{item['kind']}/{item['id']}" in names]
    body = envelope(service, items, len(found), next_link(request, following), None)
    page_of = {"given": given, "kinds": KINDS, "groups": grouped(items), **body}
    content = ResponseContent(
        "Search",
        page_of if chosen == "html" else body,
        items,
        _COLUMNS,
        template="search.html",
        headers=page_headers(body),
    )
    return reply(request, chosen, content)


def _item(hit: Hit) -> dict[str, Json]:
    return {
        "kind": hit.entry.kind,
        "id": hit.entry.id,
        "label": hit.entry.label,
        "address": hit.entry.address,
        "score": hit.score,
        "because": hit.because,
    }
