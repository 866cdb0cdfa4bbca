"""The JSON-LD contexts by which the JSON of lists and things is linked data."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.hosting.state import Shared
from api.http.negotiation import wanted_format
from api.http.responses import as_json
from api.routes.filters import read_request
from api.routes.resources import ITEMS
from api.views.context import list_context
from api.views.lists import BY_PATH
from ontology.errors import NotFound

router = APIRouter()

TABLES = {path: table for path, (_, table) in ITEMS.items()} | {
    path: resource.describe.table for path, resource in BY_PATH.items()
}
"""Form of the things of each beginning of an address; none of claims and discrepancies."""
CONTEXT: dict[str, str] = {"jsonld": "application/ld+json", "json": "application/json"}


@router.get("/context/{path}", summary="The JSON-LD context of a list and its things")
async def context(request: Request, service: Shared, path: str) -> Response:
    """Answer which property each key of the JSON stands for."""
    chosen = wanted_format(request, CONTEXT)
    read_request(request, service)
    if path not in TABLES:
        raise NotFound(f"there is no context {path}", path, list(TABLES))
    body = as_json({"@context": list_context(TABLES[path])})
    return Response(body, headers={"Vary": "Accept"}, media_type=CONTEXT[chosen])
