"""The servers that a benchmark compares, each as its users start it, on the same data."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import urlopen

from data.releases import current_release, read_manifest
from queries.remote.release import merged_graphs
from tests.fixtures.servers.remote_stores import virtuoso
from tests.fixtures.servers.served import free_port, start

START_LIMIT_S = 900
VIRTUOSO_BUFFERS = 170_000


@dataclass(frozen=True)
class Served:
    """A server that runs: its endpoint, its process, and how long it took to load and start."""

    endpoint: str
    process: int
    start_s: float


@contextmanager
def this_service(record: Path, store: str = "memory", workers: int = 1) -> Iterator[Served]:
    """Serve a record with this service, in so many server processes."""
    begun = time.perf_counter()
    arguments = "--dataset", str(record), "--workers", str(workers)
    with start(*arguments, store=store) as served:
        endpoint = f"http://127.0.0.1:{served.port}/sparql"
        yield Served(endpoint, served.process.pid, time.perf_counter() - begun)


@contextmanager
def oxigraph_server(record: Path, default: Path, folder: Path) -> Iterator[Served]:
    """Serve a record with the server of Oxigraph, without its limit of time."""
    program, store, port = _program("oxigraph"), folder / "oxigraph", free_port()
    begun = time.perf_counter()
    for path in (record, default):
        command = [program, "load", "--location", str(store), "--file", str(path), "--lenient"]
        subprocess.run(command, check=True, capture_output=True)
    command = [program, "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{port}"]
    with _running(command, f"http://127.0.0.1:{port}/query", begun) as served:
        yield served


@contextmanager
def rdflib_endpoint(record: Path, default: Path, folder: Path) -> Iterator[Served]:
    """Serve the default graph of a record with rdflib-endpoint, which has no other graphs."""
    port = free_port()
    command = [_program("rdflib-endpoint"), "serve", "--host", "127.0.0.1", "--port", str(port)]
    with _running([*command, str(default)], f"http://127.0.0.1:{port}/") as served:
        yield served


@contextmanager
def virtuoso_server(release: Path, folder: Path) -> Iterator[Served]:
    """Serve the current release of a folder with Virtuoso, given the memory that it recommends."""
    begun = time.perf_counter()
    home = folder / "virtuoso"
    home.mkdir()
    with virtuoso(home, VIRTUOSO_BUFFERS) as store:
        store.publish(release)
        name = read_manifest(current_release(release))["id"]
        default, _ = merged_graphs(name)
        endpoint = f"{store.url}?{urlencode({'default-graph-uri': default})}"
        yield Served(endpoint, store.process, time.perf_counter() - begun)


def program_place(name: str) -> str | None:
    """Return where a program is, in this environment or on this machine; None if nowhere."""
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.exists() else shutil.which(name)


def _program(name: str) -> str:
    """Return where a program is that has been looked for."""
    place = program_place(name)
    assert place, f"{name} is not installed"
    return place


@contextmanager
def _running(
    command: list[str],
    endpoint: str,
    begun: float | None = None,
) -> Iterator[Served]:
    """Start a server, wait until it answers, and end it."""
    begun = begun or time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            while not _answers(endpoint):
                assert process.poll() is None, f"{command[0]} ended"
                assert time.perf_counter() - begun < START_LIMIT_S, f"{command[0]} does not start"
                time.sleep(0.05)
            yield Served(endpoint, process.pid, time.perf_counter() - begun)
        finally:
            process.terminate()


def _answers(endpoint: str) -> bool:
    """Return whether an endpoint answers a query."""
    try:
        with urlopen(f"{endpoint}?query=ASK%7B%7D", timeout=5) as response:
            return bool(response.status == 200)
    except HTTPError as error:
        return error.code < 500
    except (URLError, OSError):
        return False
