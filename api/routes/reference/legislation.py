"""One statute or provision, with what it was used for."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.hosting.state import Service, Shared
from api.routes.resources import item_reply
from api.views.legislation import PROVISION, STATUTE, describe_legislation
from api.views.lists import BY_PATH
from ontology.errors import NotFound
from ontology.identifiers import short
from queries.engine.interface import select

router = APIRouter()

_OURS = "provision/"
"""Before the name of a range of provisions, to which legislation.gov.uk gives no identifier."""


async def _known(service: Service, path: str) -> dict[str, str]:
    """Return the addresses of all statutes or provisions, by their short references."""
    rows = service.whole_lists.get(path)
    if rows is None:
        rows = (await select(service.engine, BY_PATH[path].query.bind({})))[1]
        service.whole_lists[path] = rows
    return {short(row["item"]["value"]): row["item"]["value"] for row in rows}


@router.get("/statutes/{item:path}", summary="One statute")
async def one_statute(request: Request, service: Shared, item: str) -> Response:
    """Answer an Act or order with its provisions, and the acts that used it as a whole."""
    known = await _known(service, "statutes")
    if item not in known:
        raise NotFound(f"the release knows no statute {item}", item, list(known))
    return await item_reply(request, service, known[item], STATUTE, describe_legislation)


@router.get("/provisions/{item:path}", summary="One provision")
async def one_provision(request: Request, service: Shared, item: str) -> Response:
    """Answer a provision with its statute, its parts, and the acts that used it."""
    known = await _known(service, "provisions")
    found = known.get(item) or known.get(_OURS + item)
    if found is not None:
        return await item_reply(request, service, found, PROVISION, describe_legislation)
    if item in await _known(service, "statutes"):
        suffix, query = request.scope.get("suffix"), request.url.query
        target = f"/statutes/{item}{f'.{suffix}' if suffix else ''}{f'?{query}' if query else ''}"
        return RedirectResponse(target, 308)
    raise NotFound(f"the release knows no provision {item}", item, list(known))
