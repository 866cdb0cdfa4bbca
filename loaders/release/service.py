"""Start the engine's processes and then the server's, and end them together."""

import errno
import logging
import os
import signal
import socket
import sys
import tempfile
from types import FrameType
from typing import Any

import click
import uvicorn

from data.releases import served_data
from data.settings import Settings, variable
from ontology.errors import EngineFailed, WrongSetting
from queries.engine.limits import limits_of
from queries.pool.isolation import Isolation
from queries.pool.release_watcher import ReleaseWatcher, source_of
from queries.remote.call import Endpoint
from queries.remote.lookup import find_release

log = logging.getLogger(__name__)

_APPLICATION = "api.app:create_app"
_CONNECTION = "api.connection.fast_path:FastPath"
_SEVERAL_PROCESSES = "PROMETHEUS_MULTIPROC_DIR"
"""Variable of the library that counts: the folder in which server processes share it."""
_WAIT_FOR_REQUESTS_S = 15
_LOG: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"lines": {"class": "data.disk.log_lines.LogHandler"}},
    "root": {"handlers": ["lines"], "level": "WARNING"},
}
"""In every process of the server, for its own lines and those of the server's library."""
_STOPPED_BY = signal.SIGINT, signal.SIGTERM


def serve(settings: Settings, workers: int) -> None:
    """Serve until stopped.

    In: how many server processes share the engine.
    Raises: NoRelease, UnreadableGraph, EngineFailed; OSError for a port in use.
    """
    # Server processes of their own, too, take no module from the working folder.
    os.environ["PYTHONSAFEPATH"] = "1"
    # What cannot be listened on is told here, in our words, before anything is loaded.
    _check_listening(settings)
    if settings.engine is not None:
        # What is wrong with the store is told here, before there is a server.
        find_release(Endpoint(settings.engine, settings.engine_user, settings.engine_password))
        _listen(settings, workers)
        return
    watcher = ReleaseWatcher(
        lambda: source_of(served_data(settings), settings.store), limits_of(settings)
    )
    for number in _STOPPED_BY:
        signal.signal(number, _stop)
    # The engine is started here, before there is any event loop, thread or listening socket that
    # its processes would otherwise inherit.
    watcher.start()
    _tell_isolation(watcher.isolation)
    os.environ[variable("engine_folder")] = str(watcher.folder)
    try:
        _listen(settings, workers)
    finally:
        for number in _STOPPED_BY:
            signal.signal(number, signal.SIG_IGN)
        watcher.stop()


def _check_listening(settings: Settings) -> None:
    """Check that the service can listen where it shall.

    Raises: WrongSetting for an address that is none of this machine; OSError for a port in use.
    """
    try:
        family, _, _, _, place = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM
        )[0]
        socket.create_server(place[:2], family=family).close()
    except OSError as error:
        if not isinstance(error, socket.gaierror) and error.errno != errno.EADDRNOTAVAIL:
            raise
        raise WrongSetting(
            f"{variable('host')}={settings.host!r}: {error.strerror}; expected an address of this "
            "machine, such as 127.0.0.1, 0.0.0.0 or ::1"
        ) from None


def _tell_isolation(isolation: Isolation | None) -> None:
    """Say what holds for visitors' queries; what does not was told by whoever started them."""
    if isolation is not None:
        click.echo(f"Processes that run queries have {isolation.held()}.")
    if os.geteuid() == 0:
        log.warning(
            "the service runs as root; let it run as a user of its own, which need only read the "
            "release: api/OPERATING.md has a unit for systemd and a container that do"
        )


def _stop(number: int, frame: FrameType | None) -> None:
    """End as wished: whatever was started is ended on the way out.

    The server, once it has ended, raises the signal that it was ended by once more.
    """
    sys.exit()


def _listen(settings: Settings, workers: int) -> None:
    options: dict[str, Any] = {
        "factory": True,
        "host": settings.host,
        "port": settings.port,
        "log_config": _LOG,
        "log_level": "warning",
        "http": _CONNECTION,
        # An offer to go on by another protocol is declined, whatever is installed.
        "ws": "none",
        "access_log": False,
        "forwarded_allow_ips": settings.proxies,
        "timeout_keep_alive": settings.idle_seconds,
        "timeout_graceful_shutdown": _WAIT_FOR_REQUESTS_S,
    }
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    announcement = f"Serving on http://{host}:{settings.port} (stop with Ctrl+C)"
    if workers > 1:
        click.echo(announcement)
        # What the server processes count, they count together.
        with tempfile.TemporaryDirectory(prefix="interventions-metrics-") as folder:
            os.environ[_SEVERAL_PROCESSES] = folder
            uvicorn.run(_APPLICATION, workers=workers, **options)
        return
    config = uvicorn.Config(_APPLICATION, **options)
    config.load()
    click.echo(announcement)
    server = uvicorn.Server(config)
    server.run()
    if not server.started:
        raise EngineFailed("the service could not be started; what is above tells why")
