"""The application: routes, errors and middleware put together. Nothing happens at import."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from api.connection.admission import Admission
from api.contract import routes as contract
from api.hosting.checker import Checker
from api.hosting.lifespan import live
from api.hosting.local import hosted
from api.hosting.state import Hosting, Service
from api.http.cache import Cache
from api.http.middleware import ServiceMiddleware, SparqlHandler
from api.http.problems import add_handlers
from api.http.templating import compile_templates
from api.observation.observer import Observer
from api.observation.pulse import beating
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
from api.routes.finding import ask, reconciliation, search
from api.routes.reference import (
    analysis,
    changes,
    columns,
    contexts,
    exports,
    legislation,
    ontology,
    validation,
)
from api.routes.shown.alike import prepare_likenesses
from api.routes.shown.start import prepare_start
from api.tools import endpoint
from data.releases import served_data
from data.settings import Settings, read_settings

_VERSION = "1.0"
"""Version of the addresses and of what they answer, not of the software."""

_ROUTERS = (
    pages,
    councils,
    events,
    resources,
    legislation,
    changes,
    columns,
    contexts,
    exports,
    ontology,
    validation,
    search,
    ask,
    reconciliation,
    catalogue,
    analysis,
    sparql,
    graph_store,
    linked_data,
    endpoint,
    health,
    contract,
)


async def _prepare_templates(_: Service) -> None:
    await asyncio.to_thread(compile_templates)


_PREPARES = (
    _prepare_templates,
    ask.prepare_understanding,
    prepare_start,
    prepare_likenesses,
    events.prepare_stories,
    analysis.prepare_pictures,
)


class Application(ServiceMiddleware[Service]):
    """The service, and who counts its connections."""

    admission: Admission
    observer: Observer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Start and end with the server, and answer requests in between."""
        if scope["type"] == "lifespan":
            await live(self.app, scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


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
    hosting = Hosting(Cache(chosen.cache_bytes // 2), observer, prepares=_PREPARES)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        sampled = health.sampled(lambda: hosting.service, app)
        # A store elsewhere is not asked by us where nobody else asks it.
        pulse = nullcontext() if chosen.engine else beating(lambda: hosting.engine, observer)
        async with hosted(hosting, chosen), pulse, sampled, endpoint.answering(app):
            yield

    app = FastAPI(
        title="Council interventions",
        version=_VERSION,
        summary="How central government steps in when an English council fails",
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        servers=[{"url": chosen.public_address}] if chosen.public_address else None,
    )
    app.state.checker = Checker()
    add_handlers(app)
    for module in _ROUTERS:
        app.include_router(module.router)
    app.mount("/static", StaticFiles(packages=[("api", "static")]))
    app.router.routes.append(graph_store.DirectGraphRoute())
    handler = SparqlHandler(sparql.answer, sparql.answer_plain, sparql.look_up)
    application = Application(app, lambda: hosting.service, handler, chosen)
    application.admission = app.state.admission = Admission(chosen)
    application.observer = observer
    return application
