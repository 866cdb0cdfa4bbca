"""The application: routes, errors and middleware put together. Nothing happens at import."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from api.connection.admission import Admission
from api.hosting.local import hosted
from api.hosting.state import Hosting, Service
from api.http.cache import Cache
from api.http.middleware import ServiceMiddleware, SparqlHandler
from api.http.problems import PROBLEM, add_handlers
from api.observation.observer import Observer
from api.routes import (
    catalogue,
    councils,
    events,
    graph_store,
    health,
    linked_data,
    pages,
    resources,
    sparql,
)
from data.releases import served_data
from data.settings import Settings, read_settings

_VERSION = "1"
"""Version of the addresses and of what they answer, not of the software."""

_ROUTERS = (
    pages,
    councils,
    events,
    resources,
    catalogue,
    sparql,
    graph_store,
    linked_data,
    health,
)


class Application(ServiceMiddleware[Service]):
    """The service, and who counts its connections."""

    admission: Admission
    observer: Observer


def create_app(settings: Settings | None = None) -> Application:
    """Return the service; it opens its release when it starts.

    In: the settings, or else what the environment says.
    Raises: NoRelease, WrongSetting; on start UnreadableGraph, EngineFailed.
    Out: the middleware around the finished application, so that its answer to a fault is sent too.
    """
    chosen = read_settings() if settings is None else settings
    if chosen.engine is None:
        served_data(chosen)
    observer = Observer(chosen)
    hosting = Hosting(Cache(chosen.cache_bytes // 2), observer)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with hosted(hosting, chosen), health.sampled(lambda: hosting.service, app):
            yield

    app = FastAPI(
        title="Council interventions",
        version=_VERSION,
        summary="How central government steps in when an English council fails",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        servers=[{"url": chosen.public_address}] if chosen.public_address else None,
    )
    add_handlers(app)
    for module in _ROUTERS:
        app.include_router(module.router)
    app.mount("/static", StaticFiles(packages=[("api", "static")]))
    app.router.routes.append(graph_store.DirectGraphRoute())
    _describe_errors(app)
    handler = SparqlHandler(sparql.answer, sparql.answer_plain, sparql.look_up)
    application = Application(app, lambda: hosting.service, handler, chosen)
    application.admission = app.state.admission = Admission(chosen)
    application.observer = observer
    return application


def _describe_errors(app: FastAPI) -> None:
    """Let the OpenAPI document show the one shape of errors in place of the framework's own."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        described = generate()
        described.get("components", {}).pop("schemas", None)
        problem = {
            "description": "A problem (RFC 9457)",
            "content": {PROBLEM: {"schema": {"type": "object"}}},
        }
        for path in described["paths"].values():
            for operation in path.values():
                operation["responses"].pop("422", None)
                operation["responses"]["default"] = problem
        return described

    app.openapi = openapi  # type: ignore[method-assign]
