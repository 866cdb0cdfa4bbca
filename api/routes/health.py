"""For operators: whether the service is alive and ready, and what it counts."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from ipaddress import ip_address

from fastapi import APIRouter, FastAPI, Request
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import JSONResponse, Response

from api.hosting.state import Service, Shared
from api.observation.metrics import (
    CACHE_BYTES,
    CONNECTIONS,
    RELEASE,
    RESTARTS,
    SEVERAL_PROCESSES,
    WAITING,
    WORKERS,
    exposition,
)
from api.observation.pulse import answered
from ontology.errors import EngineFailed, NotFound, QueryTimeout, TooManyQueries, WrongParameter

router = APIRouter()
_SAMPLE_EVERY_S = 1.0
_OF_A_PROXY = "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "via"
_ANSWER_WITHIN_S = 2.0
_MOMENT_S = 5.0
_FRESH = {"Cache-Control": "no-store"}


@router.get("/health/live", summary="Is the process alive?")
async def live(request: Request) -> Response:
    """Say that the process answers."""
    for name in request.query_params:
        raise WrongParameter(f"unknown parameter {name!r}; accepted: none", name, [])
    return JSONResponse({"status": "alive"}, headers=_FRESH)


@router.get("/health/ready", summary="Is there a release, and are queries answered?")
async def ready(service: Shared) -> Response:
    """Say which release is served, on how many documents it rests, and what isolates queries.

    Ready means that a query was answered a moment ago; where none was, one is asked now. Where
    the pages could not be prepared, which is tried again, `hindrance` tells why.
    """
    if not service.observer.has_answered_within(_MOMENT_S):
        try:
            async with asyncio.timeout(_ANSWER_WITHIN_S):
                await answered(service.engine)
        except (TimeoutError, QueryTimeout, TooManyQueries) as error:
            raise EngineFailed(
                f"no query was answered within {_ANSWER_WITHIN_S:g} s, nor a moment ago"
            ) from error
    body = {
        "status": "ready" if service.is_complete else "ready for queries",
        "release": service.release.id,
        "built_at": service.release.built_at,
        "documents": len(service.reach.held_about(None)),
        "hindrance": service.hindrance,
        "isolation": None if service.isolation is None else asdict(service.isolation),
    }
    return JSONResponse(body, headers=_FRESH)


@router.get("/metrics", summary="Counts and times, for Prometheus")
async def metrics(request: Request, service: Shared) -> Response:
    """Answer what was counted since the start, and what is there at this moment."""
    if not _may_read(request, service.settings.metrics):
        # As if there were nothing: who may not read it need not know of it.
        raise NotFound("there is nothing here for you; see INTERVENTIONS_METRICS", "/metrics")
    _sample(service, request.app)
    return Response(exposition(), headers=_FRESH, media_type=CONTENT_TYPE_LATEST)


@asynccontextmanager
async def sampled(current: Callable[[], Service | None], app: FastAPI) -> AsyncIterator[None]:
    """Keep what is there at this moment in view of other server processes, if there are any."""
    if SEVERAL_PROCESSES not in os.environ:
        yield
        return
    sampling = asyncio.create_task(_go_on_sampling(current, app))
    try:
        yield
    finally:
        sampling.cancel()


async def _go_on_sampling(current: Callable[[], Service | None], app: FastAPI) -> None:
    while True:
        service = current()
        if service is not None:
            _sample(service, app)
        await asyncio.sleep(_SAMPLE_EVERY_S)


def _may_read(request: Request, readers: str) -> bool:
    """Return whether a client may read: this machine itself, and nobody whom a proxy lets in."""
    if readers != "loopback":
        return readers == "open"
    if request.client is None or any(name in request.headers for name in _OF_A_PROXY):
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def _sample(service: Service, app: FastAPI) -> None:
    for asked_by, engine in (("pages", service.engine), ("visitors", service.visitors)):
        load = engine.load
        WORKERS.labels(asked_by, "running").set(load.running)
        WORKERS.labels(asked_by, "free").set(max(load.workers - load.running, 0))
        WAITING.labels(asked_by).set(load.waiting)
        RESTARTS.labels(asked_by).set(load.restarts)
    CACHE_BYTES.labels("answers").set(service.answers.size_bytes)
    CONNECTIONS.set(app.state.admission.count)
    former = getattr(app.state, "sampled_release", service.release.id)
    RELEASE.labels(former).set(0)
    RELEASE.labels(service.release.id).set(1)
    app.state.sampled_release = service.release.id
