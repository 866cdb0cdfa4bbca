"""Start the engine's processes and then the server's, and end them together."""

from __future__ import annotations

import os
from typing import Any

import click
import uvicorn

from data.releases import served_data
from data.settings import Settings, variable
from queries.following import Follower, source_of
from queries.limits import limits_of

APPLICATION = "api.app:create_app"
KEEP_ALIVE_S = 75
WAIT_FOR_REQUESTS_S = 15


def serve(settings: Settings, workers: int) -> None:
    """Serve until stopped.

    In: how many server processes share the engine.
    Raises: NoRelease, UnreadableGraph, EngineFailed.
    """
    follower = Follower(
        lambda: source_of(served_data(settings), settings.store), limits_of(settings)
    )
    # The engine is started here, before there is any event loop, thread or listening socket that
    # its processes would otherwise inherit.
    follower.start()
    os.environ[variable("engine_folder")] = str(follower.folder)
    try:
        _listen(settings, workers)
    finally:
        follower.stop()


def _listen(settings: Settings, workers: int) -> None:
    """Run the server processes."""
    options: dict[str, Any] = {
        "factory": True,
        "host": settings.host,
        "port": settings.port,
        "log_level": "warning",
        # Each costs a fifth of the time of a kept answer. The address of a client behind a proxy is
        # needed for its rate alone.
        "access_log": False,
        "proxy_headers": settings.client_requests is not None,
        "timeout_keep_alive": KEEP_ALIVE_S,
        "timeout_graceful_shutdown": WAIT_FOR_REQUESTS_S,
    }
    announcement = f"Serving on http://{settings.host}:{settings.port} (stop with Ctrl+C)"
    if workers > 1:
        click.echo(announcement)
        uvicorn.run(APPLICATION, workers=workers, **options)
        return
    config = uvicorn.Config(APPLICATION, **options)
    config.load()
    click.echo(announcement)
    uvicorn.Server(config).run()
