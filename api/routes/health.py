"""Whether the service is alive, and which release it answers from."""

from dataclasses import asdict

from fastapi import APIRouter
from starlette.responses import JSONResponse, Response

from api.hosting.state import Shared

router = APIRouter(prefix="/health")
_FRESH = {"Cache-Control": "no-store"}


@router.get("/live", summary="Is the process alive?")
async def live() -> Response:
    """Say that the process answers."""
    return JSONResponse({"status": "alive"}, headers=_FRESH)


@router.get("/ready", summary="Is there a release?")
async def ready(service: Shared) -> Response:
    """Say which release is served, on how many documents it rests, and what isolates queries."""
    body = {
        "status": "ready" if service.is_complete else "ready for queries",
        "release": service.release.id,
        "built_at": service.release.built_at,
        "documents": len(service.reach.held_about(None)),
        "isolation": None if service.isolation is None else asdict(service.isolation),
    }
    return JSONResponse(body, headers=_FRESH)
