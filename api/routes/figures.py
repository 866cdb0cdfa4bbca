"""What the build counted, beside what was expected of the sources."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.hosting.state import Shared
from api.http.negotiation import TABLE, wanted_format
from api.http.responses import ResponseContent, reply
from api.routes.filters import read_request

router = APIRouter()

_COLUMNS = "figure", "title", "part", "number", "expected", "reason"


@router.get("/coverage/figures", summary="What the release counts, beside what was expected")
async def figures(request: Request, service: Shared) -> Response:
    """Every figure that the build counted, in all and in parts; where it differs, the reason."""
    chosen = wanted_format(request, TABLE)
    read_request(request, service)
    counted = service.release.figures
    rows = [
        {"figure": figure["name"], "title": figure["title"], **count}
        for figure in counted
        for count in (figure["total"], *figure["parts"])
    ]
    body = {"items": list(counted), "total": len(counted)}
    body |= {"release": service.release.id, "coverage": service.coverage()}
    content = ResponseContent(
        "Figures of the release", body, rows, _COLUMNS, template="figures.html"
    )
    return reply(request, chosen, content)
