"""The two servers that the tests publish to and ask: Oxigraph and Virtuoso, each on free ports."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from data.releases import current_release
from loaders.publishing import Published, publish
from loaders.publishing_store import Login, open_target
from tests.served import free_port

START_LIMIT_S = 60
SMALL_BUFFERS = 10_000
VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DisableUnixSocket = 1
ServerThreads = 10
CheckpointInterval = 0
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty_buffers}
MaxQueryMem = 500M
ThreadsPerQuery = 1
AllowOSCalls = 0
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http_port}
ServerRoot = .
ServerThreads = 10
HTTPProxyEnabled = 0
[SPARQL]
ResultSetMaxRows = 2000000
MaxQueryCostEstimationTime = 0
MaxQueryExecutionTime = 60
"""


@dataclass(frozen=True)
class Store:
    """A server that runs: where it takes queries, its process, and who may write into it."""

    url: str
    process: int
    login: Login | None = None

    def publish(self, releases: Path) -> Published:
        """Publish the current release of a folder into it."""
        target = open_target(self.url, None, None, self.login)
        return publish(current_release(releases), target, lambda done: None)


@contextmanager
def running(command: list[str], folder: Path, address: str) -> Iterator[int]:
    """Run a server in a folder of its own until it is no longer needed, and yield its process."""
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
        try:
            _wait(process, address, folder)
            yield process.pid
        finally:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], address: str, folder: Path) -> None:
    """Wait until a server answers."""
    for _ in range(START_LIMIT_S * 10):
        assert process.poll() is None, (folder / "output").read_text(errors="replace")
        try:
            with urlopen(address):
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer within {START_LIMIT_S} s")


@contextmanager
def oxigraph(folder: Path) -> Iterator[Store]:
    """Run `oxigraph serve`, which the package of that name brings."""
    program = Path(sys.executable).with_name("oxigraph")
    address = f"127.0.0.1:{free_port()}"
    command = [str(program), "serve", "--location", str(folder / "data"), "--bind", address]
    with running(command, folder, f"http://{address}/") as process:
        yield Store(f"http://{address}/query", process)


def has_virtuoso() -> bool:
    """Return whether Virtuoso is installed on this machine."""
    return shutil.which("virtuoso-t") is not None


@contextmanager
def virtuoso(folder: Path, buffers: int = SMALL_BUFFERS) -> Iterator[Store]:
    """Run Virtuoso as it comes, with a small database in a folder of its own.

    Units: buffers of 8 KiB.
    """
    http_port, sql_port = free_port(), free_port()
    settings = VIRTUOSO.format(
        http_port=http_port,
        sql_port=sql_port,
        buffers=buffers,
        dirty_buffers=buffers * 3 // 4,
    )
    (folder / "virtuoso.ini").write_text(settings, encoding="utf-8")
    url = f"http://127.0.0.1:{http_port}/sparql"
    command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    with running(command, folder, f"{url}?query=ASK%7B%7D") as process:
        # Every new database has this user with this password.
        yield Store(url, process, Login("dba", "dba"))
