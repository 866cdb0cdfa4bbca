"""The service as processes of its own, for tests of what happens to processes."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlencode

from data.settings import PREFIX, variable

STARTING_S = 60.0
STOPPING_S = 20.0
PROCESSES = Path("/proc")
COUNT = "SELECT (COUNT(*) AS ?count) { ?s ?p ?o }"
PROGRAM = "import sys; from loaders.__main__ import main; sys.argv[0] = 'interventions'; main()"


@dataclass(frozen=True)
class Told:
    """An answer of the service: what a client sees of it."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def is_whole(self) -> bool:
        """Return whether the body has the length that was announced."""
        return len(self.body) == int(self.headers["content-length"])

    def json(self) -> Any:
        """Return the body read as JSON."""
        return json.loads(self.body)

    @property
    def count(self) -> int:
        """Return the number that a query has counted."""
        return int(self.json()["results"]["bindings"][0]["count"]["value"])


@dataclass
class Served:
    """A service that runs, and every process that belongs to it."""

    port: int
    process: subprocess.Popen[str]
    groups: set[int] = field(default_factory=set)

    def get(self, path: str, headers: dict[str, str] | None = None, timeout: float = 60) -> Told:
        """Return the answer to a request."""
        return self.request("GET", path, None, headers or {}, timeout)

    def request(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        timeout: float = 60,
    ) -> Told:
        """Return the answer to a request on a connection of its own."""
        start = time.monotonic()
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)) as link:
            link.request(method, path, body, headers or {})
            answer = link.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Told(answer.status, told, answer.read(), time.monotonic() - start)

    def ask(self, query: str, accept: str = "", **parameters: str) -> Told:
        """Return the answer to a query."""
        address = f"/sparql?{urlencode({'query': query, **parameters})}"
        return self.get(address, {"Accept": accept} if accept else {})

    def begin(self, query: str, buffer_bytes: int | None = None) -> socket.socket:
        """Send a query and return the connection, without waiting for the answer.

        In: how much of the answer the kernel takes before it is read.
        """
        link = socket.socket()
        link.settimeout(60)
        if buffer_bytes is not None:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer_bytes)
        link.connect(("127.0.0.1", self.port))
        address = f"/sparql?{urlencode({'query': query})}"
        link.sendall(f"GET {address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        return link

    def processes(self) -> dict[int, Process]:
        """Return the processes of the service by number: its own, and those of its engine."""
        everything = {one.number: one for one in all_processes()}
        found = {self.process.pid} & everything.keys()
        while True:
            more = {
                number
                for number, one in everything.items()
                if one.parent in found or one.group in self.groups
            }
            if more <= found:
                break
            found |= more
            self.groups |= {
                everything[number].group for number in more if everything[number].is_engine
            }
        return {number: everything[number] for number in sorted(found)}

    def zygotes(self) -> list[int]:
        """Return the two processes that hold the dataset; the one that takes orders first."""
        engine = {number: one for number, one in self.processes().items() if one.is_engine}
        holding = {number: one for number, one in engine.items() if one.threads == 1}
        return sorted(holding, key=lambda number: holding[number].parent in holding)

    def workers(self, *, visitors: bool = True) -> list[int]:
        """Return the processes that answer visitors' queries, or those of the service's own."""
        engine = {number: one for number, one in self.processes().items() if one.is_engine}
        return [
            number
            for number, one in engine.items()
            if one.threads > 1 and (one.niceness > 0) == visitors
        ]

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Stop the service and return its exit code."""
        self.processes()
        self.process.send_signal(number)
        return self.process.wait(STOPPING_S)

    def log(self) -> str:
        """Return what it wrote; only after it has ended."""
        assert self.process.stdout is not None
        return self.process.stdout.read()

    def __enter__(self) -> Served:
        """Return the service."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the service if it runs, and let no process of it be left."""
        if self.process.poll() is None:
            self.stop()
        left = self.processes()
        for number in left:
            os.kill(number, signal.SIGKILL)
        assert self.process.stdout is not None
        self.process.stdout.close()


@dataclass(frozen=True)
class Process:
    """What the kernel tells of a process."""

    number: int
    parent: int
    group: int
    niceness: int
    threads: int
    is_engine: bool

    @property
    def memory_bytes(self) -> int:
        """Return its share of the memory, what is shared being divided among the sharers."""
        try:
            told = (PROCESSES / str(self.number) / "smaps_rollup").read_text()
        except OSError:
            return 0
        (line,) = (line for line in told.splitlines() if line.startswith("Pss:"))
        return int(line.split()[1]) * 1024


def all_processes() -> Iterator[Process]:
    """Yield every process that has not ended."""
    for folder in PROCESSES.iterdir():
        if not folder.name.isdecimal():
            continue
        try:
            told = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if told[0] in "ZX":
            continue
        yield Process(
            int(folder.name),
            parent=int(told[1]),
            group=int(told[2]),
            niceness=int(told[16]),
            threads=int(told[17]),
            is_engine=b"queries.zygote" in command,
        )


def write_dataset(path: Path, triples: int = 2_000, mark: str = "x") -> Path:
    """Write a file with so many triples, whose objects begin with a mark; return its path."""
    lines = (f'<x:s{n % 97}> <x:p{n % 7}> "{mark}{n}" .\n' for n in range(triples))
    path.write_text("".join(lines), encoding="utf-8")
    return path


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def wait_until(holds: Callable[[], bool], within_s: float) -> float:
    """Wait until something holds, and return how long that took."""
    start = time.monotonic()
    while not holds():
        waited = time.monotonic() - start
        assert waited < within_s, f"not within {within_s} s"
        time.sleep(0.02)
    return time.monotonic() - start


def start(
    *arguments: str,
    prefix: tuple[str, ...] = (),
    environment: dict[str, str] | None = None,
    **settings: object,
) -> Served:
    """Start the service and return it once it answers.

    In: arguments of `serve`; a program to start it by; what its environment has besides; settings
    by name.
    """
    port = free_port()
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    environment = inherited | (environment or {})
    environment |= {variable(name): str(value) for name, value in settings.items()}
    process = subprocess.Popen(
        [*prefix, sys.executable, "-c", PROGRAM, "serve", "--port", str(port), *arguments],
        env=environment | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    served = Served(port, process)

    def answers() -> bool:
        assert process.poll() is None, served.log()
        try:
            return served.get("/health/ready").status == 200
        except OSError:
            return False

    is_started = False
    try:
        wait_until(answers, STARTING_S)
        is_started = True
    finally:
        if not is_started:
            process.kill()
            process.wait()
            process.stdout.close()
    served.processes()
    return served


@contextmanager
def serving(*arguments: str, **settings: Any) -> Iterator[Served]:
    """Run the service for as long as a block lasts."""
    with start(*arguments, **settings) as served:
        yield served
